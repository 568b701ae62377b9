/** What went wrong and what to type, in words for a person; the command ends with exit code 1 and shows no stack. */
export class CommandError extends Error {
  override readonly name: string = 'CommandError';
}
