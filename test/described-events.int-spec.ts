import { expect, it } from '@jest/globals';
import { webhookEvents } from '#jobs';
import type { OpenApiDocument } from '../apps/api/src/openapi/compose-document.js';
import { builtInModels } from './bundles.js';
import { add, askUntil, damaged, jobMs, open, recordings } from './digit-batches.js';
import { DocumentSchemas } from './document-schemas.js';
import { until } from './until.js';
import { withReceiver, type Received } from './with-receiver.js';
import { withService, type Service } from './with-service.js';

/** Tells whether what webhooks receive is as `/openapi.json` describes it. */
async function readDescription(service: Service): Promise<{ faultsOf: (received: Received) => string[] }> {
  const document = await askUntil<OpenApiDocument>(service, 'GET', '/openapi.json');
  const schemas = new DocumentSchemas(document);
  const faultsOf = ({ event, body, headers }: Received): string[] => {
    const { parameters, requestBody } = document.webhooks[event.type]?.post ?? {};
    if (requestBody === undefined) return [`${event.type} is not described`];
    const { content } = requestBody as { content: Record<string, { schema: Record<string, unknown> }> };
    const faults = schemas.faultsOf(content['application/json']?.schema ?? {}, JSON.parse(body));
    const names = (parameters as Record<string, unknown>[]).map((parameter) =>
      String(schemas.resolve(parameter)['name']),
    );
    const missing = names.filter((name) => headers[name] === undefined).map((name) => `there is no ${name}`);
    return [...faults, ...missing].map((fault) => `${event.type}: ${fault}`);
  };
  return { faultsOf };
}

const submit = (service: Service, query: string, bytes: Uint8Array<ArrayBuffer>) =>
  askUntil<{ id: string }>(service, 'POST', `/jobs?model=spoken-digits${query}`, bytes);

it(
  'every event comes as the API describes it',
  () =>
    withReceiver((receiver) =>
      withService({ EARSHOT_MODELS: builtInModels, EARSHOT_EGRESS_ALLOW: receiver.host }, async (service) => {
        // Only a worker brings the models.
        const first = await service.startWorker();
        await askUntil(service, 'GET', '/models/spoken-digits');
        await first.stop('SIGTERM');

        const asked = JSON.stringify({ url: receiver.url, events: webhookEvents });
        const { id } = await askUntil<{ id: string }>(service, 'POST', '/webhooks', asked);
        await askUntil(service, 'POST', `/webhooks/${id}/test`);
        const [expiring, canceled] = [
          await submit(service, '&expiresIn=1', recordings[0]!),
          await submit(service, '', recordings[1]!),
        ];
        await askUntil(service, 'POST', `/jobs/${canceled.id}/cancel`);
        await until('one has expired', async () => {
          const { status } = await askUntil<{ status: string }>(service, 'GET', `/jobs/${expiring.id}`);
          return status === 'expired';
        });
        await submit(service, '&metadata=%7B%22line%22%3A7%7D', recordings[2]!);
        const batch = await open(service);
        await add(service, batch, 'damaged.wav', damaged);
        await askUntil(service, 'POST', `/batches/${batch}/close`);

        await service.startWorker();
        const types = [...webhookEvents, 'webhook.test'].sort();
        const typesCome = () => [...new Set(receiver.received.map(({ event }) => event.type))].sort();
        await until(`all of ${types.join(', ')} have come`, () => typesCome().length >= types.length, jobMs);
        expect(typesCome()).toEqual(types);
        const { faultsOf } = await readDescription(service);
        expect(receiver.received.flatMap(faultsOf)).toEqual([]);
      }),
    ),
  2 * jobMs,
);
