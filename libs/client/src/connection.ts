import createClient, { type Client } from 'openapi-fetch';
import { attempt, type Answer, type DataOf, type Sending } from './attempt.js';
import { toBody, withBody, type Bytes } from './bytes.js';
import type { paths } from './description.js';
import { withPatience, type Patience } from './patience.js';

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

/** Whether what is asked for is the same, carried out once or twice. */
export interface Harmlessness {
  isHarmless?: boolean;
}

/** A request of `api`, with what it is sent with among its options. */
type Request<A extends Answer> = (api: Client<paths>, sending: Sending) => Promise<A>;

/** One Earshot. Every method throws what attempt does. */
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
    const once = () => attempt((sending) => request(this.api, sending), { place: this.url, signal, timeoutMs });
    return withPatience(once, patience, options.isHarmless ?? false, signal);
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
  async sendElsewhere(url: string, init: RequestInit & { body: Bytes }, options?: RequestOptions): Promise<void> {
    const address = new URL(url.replace(/^\//, ''), this.base);
    await this.call(
      async (_, { fetch, ...sending }) => {
        const response = await fetch(new Request(address, { ...init, body: toBody(init.body), ...sending }));
        return response.ok
          ? { data: await response.body?.cancel(), response }
          : { error: await response.text(), response };
      },
      withBody(init.body, { ...options }),
    );
  }
}

/** 128 random bits; `randomUUID` is missing in pages that came over plain HTTP. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
