import { describe, expect, it } from '@jest/globals';
import { withApi } from '../../../../test/with-api.js';
import { withKeys } from '../../../../test/with-keys.js';

const addresses = /(?:src|href)="([^"]*)"/g;

describe('/docs', () => {
  it('is a page whose parts all come from the API itself', () =>
    withApi(async ({ url }) => {
      const answer = await fetch(`${url}/docs`);
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
      const page = await answer.text();
      const parts = [...page.matchAll(addresses)].map(([, address = '']) => address).filter((it) => it !== 'data:,');
      expect(parts).toEqual(['docs/swagger-ui.css', 'docs/swagger-ui-bundle.js', 'docs/start.js']);
      const start = await (await fetch(`${url}/docs/start.js`)).text();
      expect(start).toContain("url: 'docs/openapi.json'");
      for (const part of [...parts, 'docs/openapi.json']) {
        const found = await fetch(new URL(part, `${url}/docs`));
        expect({ part, status: found.status, isEmpty: (await found.text()) === '' }).toEqual({
          ...{ part, status: 200, isEmpty: false },
        });
      }
    }));

  it('may run its own scripts and no others', () =>
    withApi(async ({ url }) => {
      const policy = (await fetch(`${url}/docs`)).headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'; script-src 'self';");
      expect(policy).not.toContain('unsafe-eval');
      expect(policy).not.toMatch(/https?:/);
    }));

  it('has no other files', () =>
    withApi(async ({ url }) => {
      for (const name of ['package.json', 'constructor', '..%2fpackage.json', 'swagger-ui.css.map'])
        expect((await fetch(`${url}/docs/${name}`)).status).toBe(404);
    }));

  it('needs the scope ops, where keys are asked for; the description needs read', () =>
    withKeys(async ({ send, newKey }) => {
      const [ops, read] = [await newKey('acme', ['ops']), await newKey('acme', ['read'])];
      for (const path of ['/docs', '/docs/start.js', '/docs/openapi.json']) {
        expect((await send(path, {}, ops.key)).status).toBe(200);
        expect((await send(path, {}, read.key)).status).toBe(403);
      }
      expect((await send('/openapi.json', {}, read.key)).status).toBe(200);
    }));
});
