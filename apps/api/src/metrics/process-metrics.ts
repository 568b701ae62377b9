import { collectDefaultMetrics, Registry } from 'prom-client';

let known: Registry | undefined;

/**
 * What any Node.js process tells of itself (processor, memory, event loop, garbage collector), under the names that
 * dashboards know. Of the process and not of an API: what collects it cannot be ended.
 */
export function processMetrics(): Registry {
  if (known === undefined) {
    known = new Registry();
    collectDefaultMetrics({ register: known });
  }
  return known;
}
