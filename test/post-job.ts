/** A part of a form: a field, or bytes with a file's name. */
export type Part = [name: string, value: string | Uint8Array<ArrayBuffer>, filename?: string];

/** An answer with its JSON: a job or a problem. */
export interface Answer {
  status: number;
  headers: Headers;
  body: { id: string; code?: string; errors?: { pointer: string }[]; [field: string]: unknown };
}

/** Sends a POST and reads its answer. */
export async function post(url: string, init: RequestInit & { duplex?: 'half' } = {}): Promise<Answer> {
  const answer = await fetch(url, { method: 'POST', ...init });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Answer['body'] };
}

/** `POST /jobs` with a form of these parts, in their order. */
export function postForm(url: string, parts: readonly Part[], headers: Record<string, string> = {}): Promise<Answer> {
  const form = new FormData();
  for (const [name, value, filename] of parts)
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, new Blob([value]), filename);
  return post(`${url}/jobs`, { body: form, headers });
}

/** Sends a POST with a body of JSON. */
export function postJson(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  return post(url, { body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });
}
