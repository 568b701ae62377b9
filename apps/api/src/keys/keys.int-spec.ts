import { describe, expect, it } from '@jest/globals';
import { newKeyText, revokeKey } from '#jobs';
import { until } from '../../../../test/until.js';
import { adminKey, withKeys } from '../../../../test/with-keys.js';

const codeOf = async (answer: Response): Promise<unknown> => ((await answer.json()) as { code?: string }).code;

describe('an API that asks for keys', () => {
  it('answers no route without one, but for those that say whether it lives', () =>
    withKeys(async ({ routes, send }) => {
      expect(routes.length).toBeGreaterThan(15);
      const open = new Set<string>();
      for (const { method, pattern } of routes) {
        const answer = await send(pattern.replace(/:\w+/g, 'x'), { method }, null);
        await answer.arrayBuffer();
        if (answer.status === 401) expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="earshot"');
        else open.add(pattern);
      }
      // Whoever was handed the address of an upload may send it.
      const meant = ['/livez', '/readyz', '/uploads/:id'];
      expect([...open].filter((pattern) => !meant.includes(pattern))).toEqual([]);
      expect([...open]).toEqual(expect.arrayContaining(meant.slice(0, 2)));
    }));

  it('needs a scope of every other route, and tells which is missing', () =>
    withKeys(async ({ routes, send, newKey }) => {
      const needs = (of: string) =>
        routes.filter(({ method }) => method === of).map(({ pattern, need }) => [pattern, need]);
      expect(needs('HEAD').sort()).toEqual(needs('GET').sort());
      expect(needs('POST')).toContainEqual(['/keys', 'admin']);
      const { key } = await newKey('acme', ['ops']);
      for (const { method, pattern, need } of routes.filter(
        (route) => route.need !== 'no key' && route.need !== 'ops',
      )) {
        const answer = await send(pattern.replace(/:\w+/g, 'x'), { method }, key);
        await answer.arrayBuffer();
        expect({ method, pattern, status: answer.status }).toEqual({ method, pattern, status: 403 });
        expect(answer.headers.get('www-authenticate')).toContain(`error="insufficient_scope", scope="${need}"`);
      }
    }));

  it('says of a key that is missing or wrong which it is', () =>
    withKeys(async ({ url }) => {
      const cases: [code: string, authorization: string | null][] = [
        ['key_missing', null],
        ['key_missing', 'Basic YTpi'],
        ['key_missing', 'Bearer '],
        ['key_missing', `Bearer ${adminKey} ${adminKey}`],
        ['key_unknown', `Bearer ${newKeyText().slice(0, -1)}`],
        ['key_unknown', `Bearer ${newKeyText()}`],
        ['key_unknown', `Bearer ${adminKey.slice(0, -1)}`],
      ];
      for (const [code, authorization] of cases) {
        const answer = await fetch(`${url}/models`, { headers: authorization === null ? {} : { authorization } });
        expect({ authorization, code: await codeOf(answer), status: answer.status }).toEqual({
          ...{ authorization, code },
          status: 401,
        });
      }
    }));

  it('asks unknown paths and methods for a key as well', () =>
    withKeys(async ({ send }) => {
      expect((await send('/nope', {}, null)).status).toBe(401);
      expect((await send('/models', { method: 'PUT' }, null)).status).toBe(401);
      expect((await send('/nope')).status).toBe(404);
      expect((await send('/models', { method: 'PUT' })).status).toBe(405);
    }));

  it('answers whoever has a key, from whatever Host, Origin and proxy', () =>
    withKeys(async ({ send }) => {
      const headers = { origin: 'https://elsewhere.example', 'x-forwarded-for': '203.0.113.9' };
      expect((await send('/models', { headers })).status).toBe(200);
    }));

  it('shows the detail of /readyz to those who have the scope ops, and nothing to others', () =>
    withKeys(async ({ send, newKey }) => {
      const { key } = await newKey('acme', ['read']);
      for (const without of [null, key, 'esk_wrong'])
        expect(await (await send('/readyz', {}, without)).json()).toEqual({ status: 'ready' });
      expect(await (await send('/readyz')).json()).toMatchObject({ status: 'ready', checks: { redis: { ok: true } } });
    }));
});

describe('an API for which nobody has a key', () => {
  it('says how to make the first', () =>
    withKeys(
      async ({ log }) => {
        await until('it is said', () => log.some((line) => line.includes('set EARSHOT_ADMIN_KEY')));
      },
      { adminKeyHash: undefined },
    ));
});

describe('/keys', () => {
  it('makes keys, shows each once, and lists them without', () =>
    withKeys(async ({ send, newKey, log }) => {
      const body = JSON.stringify({ owner: 'acme', scopes: ['read', 'submit', 'read'], name: ' nightly ' });
      const answer = await send('/keys', { method: 'POST', body });
      const made = (await answer.json()) as { id: string; key: string };
      expect(answer.status).toBe(201);
      expect(made).toMatchObject({ owner: 'acme', scopes: ['submit', 'read'], name: 'nightly', revokedAt: null });
      const other = await newKey('acme');
      const list = await (await send('/keys')).text();
      expect(JSON.parse(list)).toMatchObject({ keys: [{ id: other.id }, { id: made.id, lastUsedAt: null }] });
      for (const { key } of [made, other]) expect(list + log.join('')).not.toContain(key.slice(4));
      expect(log.join('')).not.toContain(adminKey);
    }));

  it('takes a revoked key for a few seconds at most', () =>
    withKeys(async ({ send, newKey }) => {
      const { id, key } = await newKey('acme');
      expect((await send('/models', {}, key)).status).toBe(200);
      expect((await send(`/keys/${id}`, { method: 'DELETE' })).status).toBe(204);
      expect(await codeOf(await send('/models', {}, key))).toBe('key_unknown');
      expect((await send(`/keys/${id}`, { method: 'DELETE' })).status).toBe(204);
      expect(await codeOf(await send('/keys/key_none', { method: 'DELETE' }))).toBe('key_not_found');
    }));

  it('takes a key that was revoked elsewhere for a few seconds at most', () =>
    withKeys(async ({ send, newKey, redis }) => {
      const { id, key } = await newKey('acme');
      expect((await send('/models', {}, key)).status).toBe(200);
      await redis.ask((connection) => revokeKey(connection, id));
      await until('the key is refused', async () => (await send('/models', {}, key)).status === 401);
    }));

  it('points at what is wrong with a request for a key', () =>
    withKeys(async ({ send }) => {
      const cases: [body: unknown, pointers: string[]][] = [
        [[], ['']],
        [{}, ['/owner', '/scopes']],
        [{ owner: '../x', scopes: ['read'] }, ['/owner']],
        [{ owner: 'a', scopes: ['root'] }, ['/scopes/0']],
        [{ owner: 'a', scopes: [] }, ['/scopes']],
        [{ owner: 'a', scopes: ['read'], secret: 'x' }, ['/secret']],
      ];
      for (const [body, pointers] of cases) {
        const answer = await send('/keys', { method: 'POST', body: JSON.stringify(body) });
        const { code, errors } = (await answer.json()) as { code: string; errors: { pointer: string }[] };
        expect({ code, pointers: errors.map(({ pointer }) => pointer) }).toEqual({ code: 'invalid_request', pointers });
      }
    }));

  it('believes a key while Redis is away, as long as it would otherwise, and then asks to come back', () =>
    withKeys(async ({ send, newKey, redis }) => {
      const { key } = await newKey('acme');
      const other = await newKey('acme');
      expect((await send('/models', {}, key)).status).toBe(200);
      await redis.stop();
      expect((await send('/models', {}, key)).status).toBe(200);
      const answer = await send('/models', {}, other.key);
      expect({ retry: answer.headers.get('retry-after'), code: await codeOf(answer) }).toEqual({
        retry: '2',
        code: 'queue_unavailable',
      });
      await until('the key is not believed any more', async () => (await send('/models', {}, key)).status === 503);
      expect((await send('/models')).status).toBe(200);
      await redis.start();
      await until('the key is known again', async () => (await send('/models', {}, key)).status === 200);
    }));
});

describe('/audit', () => {
  it('says who did what to keys, the newest first, page by page', () =>
    withKeys(async ({ send, newKey }) => {
      const first = await newKey('acme');
      const admin = await newKey('boss', ['admin']);
      await send(`/keys/${first.id}`, { method: 'DELETE' }, admin.key);
      await send(`/keys/${first.id}`, { method: 'DELETE' }, admin.key);
      const page = (await (await send('/audit?limit=2')).json()) as { acts: object[]; nextCursor: string };
      expect(page.acts).toMatchObject([
        { act: 'key.revoke', owner: 'boss', keyId: admin.id, subject: { key: first.id } },
        {
          act: 'key.create',
          owner: 'admin',
          keyId: null,
          subject: { key: admin.id, owner: 'boss', scopes: ['admin'] },
        },
      ]);
      const rest = await send(`/audit?limit=2&cursor=${page.nextCursor}`);
      expect(await rest.json()).toMatchObject({ acts: [{ act: 'key.create' }], nextCursor: null });
      for (const query of ['limit=0', 'limit=1001', 'limit=x', 'cursor=x', 'cursor=1-1&cursor=2-2'])
        expect((await send(`/audit?${query}`)).status).toBe(400);
    }));
});
