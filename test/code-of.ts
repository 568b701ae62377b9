/** An answer's status, and the code of the problem in it. */
export async function codeOf(answer: Response): Promise<[number, unknown]> {
  return [answer.status, ((await answer.json()) as { code?: unknown }).code];
}
