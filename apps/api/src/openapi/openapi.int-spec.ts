import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { withApi } from '../../../../test/with-api.js';
import { withKeys } from '../../../../test/with-keys.js';
import type { LegacyRoute } from '../legacy/legacy-routes.js';
import { allOperations } from './all-operations.js';
import type { OpenApiDocument } from './compose-document.js';
import { DocumentSchemas } from '../../../../test/document-schemas.js';

const predicting = ['inference', 'predict', 'predictlabel', 'v1'] as const;
const legacyRoutes: LegacyRoute[] = [
  { name: 'index' },
  ...predicting.map((name) => ({ name, model: 'demo', owner: 'local' })),
];

const readDocument = async (url: string) => (await (await fetch(`${url}/openapi.json`)).json()) as OpenApiDocument;

/** `GET /jobs/:id` of each operation of the document. */
function operationsOf({ paths }: OpenApiDocument): string[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
  );
}

describe('/openapi.json', () => {
  it('describes every route there is, and nothing else', () =>
    withApi(
      async ({ url, routes }) => {
        const document = await readDocument(url);
        const there = routes
          .filter(({ method }) => method !== 'HEAD')
          .map((route) => `${route.method} ${route.pattern}`);
        const described = Object.keys(allOperations(300));
        const hint = 'to be described in the *.openapi.ts beside their controllers (see operation.ts)';
        expect({ [hint]: there.filter((route) => !described.includes(route)) }).toEqual({ [hint]: [] });
        expect(described.filter((route) => !there.includes(route))).toEqual([]);
        expect(operationsOf(document).sort()).toEqual(there.sort());
      },
      { legacyRoutes },
    ));

  it('leaves out old routes that are switched off', () =>
    withApi(async ({ url }) => {
      const document = await readDocument(url);
      expect(document.paths['/inference']).toBeUndefined();
      expect(document.tags).not.toContainEqual(expect.objectContaining({ name: 'old routes' }));
    }));

  it('is valid OpenAPI 3.1, and its examples fit their schemas', () =>
    withApi(
      async ({ url }) => {
        const document = await readDocument(url);
        const { valid, errors } = await new Validator().validate(
          structuredClone(document) as object as Record<string, unknown>,
        );
        expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
        const schemas = new DocumentSchemas(document);
        const examples = schemas.examples();
        expect(examples.length).toBeGreaterThan(100);
        const unfit = examples.flatMap(({ where, schema, value }) =>
          schemas.faultsOf(schema, value).map((fault) => `${where}: ${fault}`),
        );
        expect(unfit).toEqual([]);
      },
      { legacyRoutes },
    ));

  it('names each operation once, and what has no description nowhere', () =>
    withApi(
      async ({ url }) => {
        const { paths, webhooks } = await readDocument(url);
        const ids = [...Object.values(paths), ...Object.values(webhooks)].flatMap((methods) =>
          Object.values(methods).map(({ operationId }) => operationId),
        );
        expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
      },
      { legacyRoutes },
    ));

  it('says which scope a key needs, where keys are asked for', () =>
    withKeys(async ({ send, routes }) => {
      const document = (await (await send('/openapi.json')).json()) as OpenApiDocument;
      for (const { method, pattern, need } of routes.filter((route) => route.method !== 'HEAD')) {
        const path = pattern.replace(/:(\w+)/g, '{$1}');
        const security = need === 'no key' ? [] : [{ key: [need] }];
        expect({ path, security: document.paths[path]?.[method.toLowerCase()]?.security }).toEqual({ path, security });
      }
    }));

  it('has the version of the package', async () => {
    const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
    await withApi(async ({ url }) => expect((await readDocument(url)).info['version']).toBe(version));
  });

  it('is not sent again to who has it', () =>
    withApi(async ({ url }) => {
      const etag = (await fetch(`${url}/openapi.json`)).headers.get('etag') ?? '';
      const again = await fetch(`${url}/openapi.json`, { headers: { 'if-none-match': etag } });
      expect(again.status).toBe(304);
    }));
});
