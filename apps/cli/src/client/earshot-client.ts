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

/** What a job is asked for, besides its input. */
export interface JobFields {
  /** `name` or `name@version`. */
  model: string;
  /** 0 to 9, 9 the most urgent. */
  priority?: number | undefined;
  /** Seconds until it must have started. */
  expiresIn?: number | undefined;
  /** Seconds it may run. */
  timeout?: number | undefined;
  metadata?: Record<string, unknown> | undefined;
  /** An address, or `{"url", "events"}` as text. */
  webhook?: string | undefined;
}

export interface RepeatOptions {
  /** The same key makes one job, however often it is sent. */
  idempotencyKey?: string | undefined;
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
  async submit(path: string, fields: JobFields, options: RepeatOptions = {}): Promise<Job> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields))
      if (value !== undefined) form.set(name, typeof value === 'string' ? value : JSON.stringify(value));
    form.set('file', await openFile(path), basename(path));
    return this.post(form, toHeaders(options));
  }

  /** Submits what lies at an address as one job; a worker fetches it. */
  submitUrl(url: string, fields: JobFields, options: RepeatOptions = {}): Promise<Job> {
    const body = JSON.stringify({ ...fields, input: { url } });
    return this.post(body, { 'content-type': 'application/json', ...toHeaders(options) });
  }

  async job(id: string): Promise<Job> {
    return jobSchema.parse(await this.request(`jobs/${encodeURIComponent(id)}`));
  }

  /** The models it serves. */
  async models(): Promise<{ name: string; version: string }[]> {
    return modelsSchema.parse(await this.request('models')).models;
  }

  private async post(body: FormData | string, headers: Record<string, string>): Promise<Job> {
    return jobSchema.parse(await this.request('jobs', { method: 'POST', body, headers }));
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

function toHeaders({ idempotencyKey }: RepeatOptions): Record<string, string> {
  return idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey };
}

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
