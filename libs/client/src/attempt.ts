import { bodyFailureOf } from './bytes.js';
import { brokenOff, EarshotProblem, EarshotUnreachable } from './problem.js';

/** What a request is sent with, besides what it asks for. */
export interface Sending {
  signal?: AbortSignal;
  /** Streams are sent as they come. */
  duplex: 'half';
  /** As the global one, which tells by its errors alone who failed. */
  fetch: (request: Request) => Promise<Response>;
}

/** What openapi-fetch makes of an answer. */
export interface Answer {
  data?: unknown;
  error?: unknown;
  response: Response;
}
export type DataOf<A extends Answer> = NonNullable<A['data']>;

export interface AttemptOptions {
  /** What is to answer, for people. */
  place: string;
  signal: AbortSignal | undefined;
  /** Milliseconds. */
  timeoutMs: number | undefined;
}

/**
 * Sends a request once.
 *
 * @throws EarshotProblem for an answer that is no success, or none that an Earshot gives; EarshotUnreachable where the
 *   network fails; the reason of the signal; TimeoutError; all else, such as what fails the caller's stream, as it is
 */
export async function attempt<A extends Answer>(
  request: (sending: Sending) => Promise<A>,
  { place, signal, timeoutMs }: AttemptOptions,
): Promise<{ data: DataOf<A>; response: Response }> {
  const timeout = newTimeout(timeoutMs);
  let answer: Response | undefined;
  const send = async (sent: Request) => {
    answer = await fetch(sent).catch((cause: unknown) => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- as the caller's stream threw it
      throw bodyFailureOf(cause) ?? new EarshotUnreachable(`no Earshot answers at ${place}`, { cause });
    });
    if (answer.ok && isPage(answer)) throw new EarshotProblem(answer, await answer.text());
    return answer;
  };
  try {
    const { data, error, response } = await request({
      ...toSignal(signal, timeout?.signal),
      ...{ duplex: 'half', fetch: send },
    });
    if (response.ok) return { data: data as DataOf<A>, response };
    throw new EarshotProblem(response, typeof error === 'string' ? error : JSON.stringify(error ?? ''));
  } catch (error) {
    if (error instanceof EarshotProblem) throw error;
    signal?.throwIfAborted();
    timeout?.signal.throwIfAborted();
    throw answer === undefined ? error : readingFailure(answer, error);
  } finally {
    timeout?.end();
  }
}

/** Of an answer whose body could not be read; openapi-fetch throws what the body and JSON.parse do. */
function readingFailure(answer: Response, error: unknown): unknown {
  if (error instanceof SyntaxError) return new EarshotProblem(answer, error.message);
  return error instanceof TypeError ? brokenOff(error) : error;
}

/** Proxies and the like answer with pages, also where they know nothing of what was asked. */
function isPage({ headers }: Response): boolean {
  return /^text\/html\b/i.test(headers.get('content-type') ?? '') && headers.get('content-length') !== '0';
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
