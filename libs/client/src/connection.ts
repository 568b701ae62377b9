import createClient, { type Client } from 'openapi-fetch';
import { withBody } from './bytes.js';
import type { paths } from './description.js';
import { withPatience, type Patience } from './patience.js';
import { EarshotProblem, EarshotUnreachable } from './problem.js';

/** What every request may be told. */
export interface RequestOptions {
  /** Ends the request once aborted, with its reason; also what is being read of a stream. */
  signal?: AbortSignal | undefined;
  /** Milliseconds that each attempt may take to its answer, of streams to its head. Default: those of the client. */
  timeoutMs?: number | undefined;
  /** Default: that of the client. */
  patience?: Patience | undefined;
}

export interface ClientOptions extends RequestOptions {
  /** Sent with every request, to this Earshot and nobody else. Default: none, as an Earshot without keys asks for none. */
  apiKey?: string | undefined;
}

/** Of a request that makes something. */
export interface OnceOptions extends RequestOptions {
  /** The same key makes one thing, however often it is sent within a day. Default: a new one, if there is patience. */
  idempotencyKey?: string | undefined;
}

/** What a request is sent with, besides what it asks for. */
export interface Sending {
  signal?: AbortSignal;
  /** Streams are sent as they come. */
  duplex: 'half';
}

/** Whether what is asked for is the same, carried out once or twice. */
export interface Harmlessness {
  isHarmless?: boolean;
}

/** What openapi-fetch makes of an answer. */
interface Answer {
  data?: unknown;
  error?: unknown;
  response: Response;
}
type DataOf<A extends Answer> = NonNullable<A['data']>;

/** A request of `api`, with what it is sent with among its options. */
type Request<A extends Answer> = (api: Client<paths>, sending: Sending) => Promise<A>;

/** One Earshot. Every method throws EarshotProblem, EarshotUnreachable, or the reason of a signal. */
export class Connection {
  private readonly api: Client<paths>;
  readonly base: URL;

  /** @throws TypeError if `url` is no address, or the key cannot be sent */
  constructor(
    private readonly url: string,
    private readonly options: ClientOptions = {},
  ) {
    const { apiKey } = options;
    if (!URL.canParse(url)) throw new TypeError(`not an address: ${url}`);
    // What fetch says of it would show the key.
    if (apiKey !== undefined && !/^[\x21-\x7e]+$/.test(apiKey))
      throw new TypeError('the API key has spaces, or characters that cannot be sent');
    this.base = new URL(url.endsWith('/') ? url : `${url}/`);
    this.api = createClient<paths>({
      baseUrl: this.base.href,
      // Where a redirect leads to another host, fetch leaves it out.
      ...(apiKey !== undefined && { headers: { authorization: `Bearer ${apiKey}` } }),
      querySerializer: { array: { style: 'form', explode: false } },
    });
  }

  /** What ends a request. */
  signalOf(options: RequestOptions): AbortSignal | undefined {
    return options.signal ?? this.options.signal;
  }

  /** How a request is sent that makes something: once, however often it is repeated. */
  once({ idempotencyKey, patience = this.options.patience }: OnceOptions): { 'Idempotency-Key'?: string } {
    const key = idempotencyKey ?? (patience?.outageMs === 0 ? undefined : newKey());
    return key === undefined ? {} : { 'Idempotency-Key': key };
  }

  /**
   * Sends a request, again where it is worth it.
   *
   * @returns what was answered, and its head
   */
  async exchange<A extends Answer>(
    request: Request<A>,
    options: RequestOptions & Harmlessness = {},
  ): Promise<{ data: DataOf<A>; response: Response }> {
    const signal = this.signalOf(options);
    const { timeoutMs = this.options.timeoutMs } = options;
    const patience = options.patience ?? this.options.patience ?? {};
    const attempt = () => this.attempt(request, signal, timeoutMs);
    return withPatience(attempt, patience, options.isHarmless ?? false, signal);
  }

  /** As exchange, without the head. */
  async call<A extends Answer>(request: Request<A>, options?: RequestOptions & Harmlessness): Promise<DataOf<A>> {
    return (await this.exchange(request, options)).data;
  }

  /** As call, for what changes nothing. */
  read<A extends Answer>(request: Request<A>, options?: RequestOptions): Promise<DataOf<A>> {
    return this.call(request, { ...options, isHarmless: true });
  }

  /** As read, for an answer that is taken as it comes. */
  async stream(request: Request<Answer>, options?: RequestOptions): Promise<ReadableStream<Uint8Array>> {
    const bytes = (await this.read(request, options)) as ReadableStream<Uint8Array> | undefined;
    // openapi-fetch has nothing for an answer of no bytes.
    return bytes ?? new Blob([]).stream();
  }

  /**
   * A request of an address that was handed out, which may be of this Earshot or of another host. It has no key.
   *
   * @param url absolute, or a path of this Earshot
   */
  async sendElsewhere(url: string, init: RequestInit, options?: RequestOptions): Promise<void> {
    const address = new URL(url.replace(/^\//, ''), this.base);
    await this.call(
      async (_, sending) => {
        const response = await fetch(address, { ...init, ...sending });
        return response.ok
          ? { data: await response.body?.cancel(), response }
          : { error: await response.text(), response };
      },
      withBody(init.body, { ...options }),
    );
  }

  private async attempt<A extends Answer>(
    request: Request<A>,
    signal: AbortSignal | undefined,
    timeoutMs: number | undefined,
  ): Promise<{ data: DataOf<A>; response: Response }> {
    const timeout = newTimeout(timeoutMs);
    try {
      const { data, error, response } = await request(this.api, {
        ...toSignal(signal, timeout?.signal),
        duplex: 'half',
      });
      if (response.ok) return { data: data as DataOf<A>, response };
      throw new EarshotProblem(response, typeof error === 'string' ? error : JSON.stringify(error ?? ''));
    } catch (cause) {
      if (cause instanceof EarshotProblem) throw cause;
      signal?.throwIfAborted();
      timeout?.signal.throwIfAborted();
      throw new EarshotUnreachable(`no Earshot answers at ${this.url}`, { cause });
    } finally {
      timeout?.end();
    }
  }
}

/** 128 random bits; `randomUUID` is missing in pages that came over plain HTTP. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** One that may end before it is over. */
function newTimeout(ms: number | undefined): { signal: AbortSignal; end: () => void } | undefined {
  if (ms === undefined) return undefined;
  const controller = new AbortController();
  const reason = new DOMException(`no answer within ${ms} ms`, 'TimeoutError');
  const timer = setTimeout(() => controller.abort(reason), ms);
  return { signal: controller.signal, end: () => clearTimeout(timer) };
}

function toSignal(...given: (AbortSignal | undefined)[]): { signal?: AbortSignal } {
  const [first, ...others] = given.filter((signal) => signal !== undefined);
  if (first === undefined) return {};
  return { signal: others.length === 0 ? first : AbortSignal.any([first, ...others]) };
}
