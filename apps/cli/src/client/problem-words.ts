import { EarshotProblem, EarshotUnreachable } from '#client';

/** What to do about a refusal, where a person at the command line does something else than a program. */
const hints: Record<string, string> = {
  key_missing: 'this Earshot asks for an API key: set EARSHOT_API_KEY',
  key_unknown: 'the API key in EARSHOT_API_KEY is not known to this Earshot, was copied wrongly, or was revoked',
};

/** What an Earshot refused, or that it does not answer, in words for a person. */
export function problemWords(error: EarshotProblem | EarshotUnreachable): string {
  if (error instanceof EarshotProblem) return hints[error.code] ?? error.message;
  return `${error.message}: start one with \`npm start\`, or set EARSHOT_URL`;
}

/** True for what problemWords has words for. */
export function isProblem(error: unknown): error is EarshotProblem | EarshotUnreachable {
  return error instanceof EarshotProblem || error instanceof EarshotUnreachable;
}

/** True when a file that was being sent has changed since it was opened. */
export function isFileChange(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'NotReadableError';
}

export const fileChangeWords = 'a file changed while it was sent; run the command again once it is written';
