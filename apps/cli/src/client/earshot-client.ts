import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { CommandError } from '../command-error.js';
import { jobSchema, type Job } from './job.js';
import { ProblemError, problemSchema } from './problem-error.js';

const modelsSchema = z.object({ models: z.array(z.looseObject({ name: z.string(), version: z.string() })) });

export interface ClientOptions {
  /** Ends every request, and refuses new ones, once aborted. */
  signal?: AbortSignal | undefined;
  /** Sent with every request. Default: none, which an Earshot without keys asks for. */
  apiKey?: string | undefined;
}

/**
 * Talks to one Earshot over HTTP.
 *
 * Every method throws CommandError if nothing answers, and ProblemError if the request is refused.
 */
export class EarshotClient {
  private readonly base: URL;

  /** @throws CommandError if `url` is none, or the key could not be sent */
  constructor(
    private readonly url: string,
    private readonly options: ClientOptions = {},
  ) {
    if (options.apiKey !== undefined && !/^[\x21-\x7e]+$/.test(options.apiKey))
      throw new CommandError('EARSHOT_API_KEY is not a key: it has spaces, or characters that cannot be sent');
    if (!URL.canParse(url)) throw new CommandError(`EARSHOT_URL is not an address: ${url}`);
    this.base = new URL(url.endsWith('/') ? url : `${url}/`);
  }

  /** Submits a file as one job; the bytes are streamed from disk. */
  async submit(path: string, model: string): Promise<Job> {
    const form = new FormData();
    form.set('model', model);
    form.set('file', await openFile(path), basename(path));
    return jobSchema.parse(await this.request('jobs', { method: 'POST', body: form }));
  }

  async job(id: string): Promise<Job> {
    return jobSchema.parse(await this.request(`jobs/${encodeURIComponent(id)}`));
  }

  /** The models it serves. */
  async models(): Promise<{ name: string; version: string }[]> {
    return modelsSchema.parse(await this.request('models')).models;
  }

  private async request(path: string, init?: RequestInit): Promise<unknown> {
    return (await this.send(path, init)).body;
  }

  /** The bytes of an answer as they come. */
  async stream(path: string): Promise<ReadableStream<Uint8Array>> {
    const answer = await this.fetch(path);
    if (!answer.ok || answer.body === null) throw await this.refusal(answer);
    return answer.body;
  }

  /** Any request. `body` is undefined where the answer has none; what it has is for the caller to parse. */
  async send(path: string, init?: RequestInit): Promise<{ status: number; body: unknown }> {
    const answer = await this.fetch(path, init);
    if (!answer.ok) throw await this.refusal(answer);
    return { status: answer.status, body: parseJson(await answer.text()) };
  }

  private async refusal(answer: Response): Promise<CommandError> {
    const text = await answer.text();
    const problem = problemSchema.safeParse(parseJson(text));
    if (problem.success) return new ProblemError(problem.data, retryAfterMs(answer));
    return new CommandError(`${this.url} answered ${answer.status} ${answer.statusText}: ${text.slice(0, 200)}`);
  }

  private async fetch(path: string, init?: RequestInit): Promise<Response> {
    const { signal, apiKey } = this.options;
    const headers = new Headers(init?.headers);
    if (apiKey !== undefined) headers.set('authorization', `Bearer ${apiKey}`);
    try {
      return await fetch(new URL(path, this.base), { ...init, headers, ...(signal && { signal }) });
    } catch (cause) {
      const message = `no Earshot answers at ${this.url}: start one with \`npm start\`, or set EARSHOT_URL`;
      throw new UnreachableError(message, { cause });
    }
  }
}

/** Nothing answers where an Earshot should. */
export class UnreachableError extends CommandError {}

async function openFile(path: string): Promise<Blob> {
  try {
    return await openAsBlob(path);
  } catch (cause) {
    throw new CommandError(`${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
}

function retryAfterMs({ headers }: Response): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? NaN);
  return Number.isFinite(seconds) ? seconds * 1000 : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
