/** What came of a request, its body parsed. */
export interface Answer<T> {
  status: number;
  headers: Headers;
  body: T;
}

/** Sends one request to an API, with what `init` says. */
export async function ask<T>(
  api: { url: string },
  method: string,
  path: string,
  body?: RequestInit['body'],
  headers: Record<string, string> = {},
): Promise<Answer<T>> {
  const answer = await fetch(`${api.url}${path}`, { method, headers, ...(body !== undefined && { body }) });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as T };
}

/** The lines of JSON under a path. */
export async function linesOf<T>(api: { url: string }, path: string): Promise<T[]> {
  const text = await (await fetch(`${api.url}${path}`)).text();
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);
}

/** A refusal in short. */
export const code = ({ status, body }: Answer<{ code?: string }>) => [status, body.code];
