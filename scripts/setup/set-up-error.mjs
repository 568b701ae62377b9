/** What is wrong and what to type, in words for a person; shown without a stack. */
export class SetUpError extends Error {
  name = 'SetUpError';
}
