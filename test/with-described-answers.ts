import { allOperations } from '../apps/api/src/openapi/all-operations.js';
import { composeDocument } from '../apps/api/src/openapi/compose-document.js';
import type { RouteTable } from '../apps/api/src/problems/route-table.js';
import { DescribedAnswers } from './described-answers.js';

/** An API whose answers are looked at. */
interface WatchedApi {
  url: string;
  routes: ReturnType<RouteTable['list']>;
}

/** Of what may be of any length, and may go on: its status and type are looked at. */
const wholeBodies = /^application\/(problem\+)?json\b/;
/** A document of the same routes is the same. */
const known = new Map<string, DescribedAnswers>();

/**
 * Runs `run`, and fails if an answer to a `fetch` of it was not as the API describes itself.
 *
 * @throws Error that names the answers that were not
 */
export async function withDescribedAnswers<T>(api: WatchedApi, run: () => Promise<T>): Promise<T> {
  const looks: Promise<string[]>[] = [];
  const before = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const answer = await before(input, init);
    // One that has been sent cannot be taken apart again.
    const request =
      input instanceof Request
        ? input
        : new Request(input, { ...(init?.method !== undefined && { method: init.method }) });
    const { origin, pathname } = new URL(request.url);
    if (origin === new URL(api.url).origin && !answer.redirected)
      looks.push(look(api.routes, request.method, pathname, answer));
    return answer;
  };
  try {
    const result = await run();
    const faults = (await Promise.all(looks)).flat();
    if (faults.length > 0) throw new Error(`answers that are not as described:\n${[...new Set(faults)].join('\n')}`);
    return result;
  } finally {
    globalThis.fetch = before;
  }
}

async function look(routes: WatchedApi['routes'], method: string, path: string, answer: Response): Promise<string[]> {
  const contentType = answer.headers.get('content-type');
  const isWhole = contentType !== null && wholeBodies.test(contentType) && method !== 'HEAD';
  // Whoever asked may leave in the middle of it.
  const body = isWhole
    ? await answer
        .clone()
        .text()
        .catch(() => null)
    : null;
  return describedOf(routes).faultsOf({ method, path, status: answer.status, contentType, body });
}

function describedOf(routes: WatchedApi['routes']): DescribedAnswers {
  const name = routes.map(({ method, pattern }) => `${method} ${pattern}`).join();
  const described =
    known.get(name) ??
    new DescribedAnswers(composeDocument({ routes, operations: allOperations(86_400), needsKeys: true }));
  known.set(name, described);
  return described;
}
