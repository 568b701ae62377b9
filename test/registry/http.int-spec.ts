import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { FolderStore } from '#jobs';
import { smallCard, writeSmallBundle } from '../models/make-bundle.js';
import { tarGz, zip } from '../models/unpack.js';
import { newRecording } from '../recordings.js';
import { until } from '../until.js';
import { withFolder } from '../with-folder.js';
import { withService, type Service } from '../with-service.js';

interface Answer {
  status: number;
  location: string | null;
  body: {
    code?: string;
    detail?: string;
    digest?: string;
    version?: string;
    models?: object[];
    [field: string]: unknown;
  };
}

/** Sends a request and reads its JSON, if there is any. */
async function send({ url }: Service, method: string, path: string, body?: object): Promise<Answer> {
  const bytes = body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body);
  const answer = await fetch(url + path, { method, ...(body && { body: bytes }) });
  const text = await answer.text();
  const location = answer.headers.get('location');
  return { status: answer.status, location, body: text === '' ? {} : (JSON.parse(text) as Answer['body']) };
}

type Packed = { path: string; name: string; content: Buffer | string }[];

/** The files of a small bundle; `changes` are its card's. */
function smallFiles(changes: object = {}): Promise<Packed> {
  return withFolder(async (folder) => {
    const card = { ...smallCard, ...changes };
    await writeSmallBundle(folder, card);
    const files = (await readdir(folder)).map(async (name) => ({
      ...{ path: name, name },
      content: name === 'model.yaml' ? stringify(card) : await readFile(join(folder, name)),
    }));
    return Promise.all(files);
  });
}

const version = (number: string) => `/models/small/versions/${number}`;
const alias = (name: string) => `/models/small/aliases/${name}`;

async function storedKeys({ objects }: Service, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of new FolderStore(objects).list(prefix)) keys.push(key);
  return keys;
}

/** Which version a job gets that names the model like this. */
async function versionOfJob(service: Service, model: string): Promise<unknown> {
  const body = new Uint8Array(newRecording({ seconds: 0.1 }));
  const answer = await fetch(`${service.url}/jobs?model=${model}`, {
    method: 'POST',
    body,
    headers: { prefer: 'wait=30' },
  });
  const {
    status,
    model: used,
    code,
  } = (await answer.json()) as { status: string; model?: { version: string }; code?: string };
  return code ?? [status, used?.version];
}

/** A service with one worker, which has no model of its own. */
function withEmptyService(run: (service: Service) => Promise<void>): Promise<void> {
  return withFolder((models) =>
    withService({ EARSHOT_MODELS: models, EARSHOT_COMPUTE_PROCESSES: '1' }, async (service) => {
      await service.startWorker();
      await run(service);
    }),
  );
}

type Refusal = [method: string, path: string, body: object | undefined, status: number, code: string, detail: string];

const impossible: readonly Refusal[] = [
  [
    'PUT',
    '/models/Small/versions/1.0.0',
    Buffer.from('x'),
    400,
    'invalid_request',
    '/name must begin with a small letter',
  ],
  ['PUT', '/models/small/aliases/Stable', { version: '1.0.0' }, 400, 'invalid_request', 'such as stable'],
  [
    'PUT',
    '/models/small/aliases/stable',
    { versions: [] },
    400,
    'invalid_request',
    'the version that the alias is to name',
  ],
  ['PUT', '/models/small/aliases/stable', Buffer.from('{'), 400, 'invalid_request', 'not JSON'],
  ['PUT', '/models/small/aliases/stable', Buffer.alloc(5000), 400, 'invalid_request', 'more than 4096 bytes'],
  ['PUT', '/models/small/aliases/stable', { version: '9.0.0' }, 404, 'model_not_found', '9.0.0 is not registered'],
  ['DELETE', '/models/none/versions/1.0.0', undefined, 404, 'model_not_found', 'none@1.0.0'],
];

describe('the registry over HTTP', () => {
  it(
    'takes a bundle once, serves it, and knows it again',
    () =>
      withEmptyService(async (service) => {
        const files = await smallFiles();
        const added = await send(service, 'PUT', version('1.0.0'), await tarGz(files));
        expect(added).toMatchObject({ status: 201, location: version('1.0.0') });
        expect(added.body).toMatchObject({
          name: 'small',
          network: { format: 'tfjs-layers' },
          check: { largestDifference: expect.any(Number) },
        });
        expect(await versionOfJob(service, 'small')).toEqual(['succeeded', '1.0.0']);
        const again = await send(service, 'PUT', version('1.0.0'), await zip(files));
        expect([again.status, again.body.digest]).toEqual([200, added.body.digest]);
        const other = await tarGz(await smallFiles({ output: { labels: ['other', 'loud'] } }));
        expect(await send(service, 'PUT', version('1.0.0'), other)).toMatchObject({
          status: 409,
          body: { code: 'model_version_conflict' },
        });
        expect((await send(service, 'GET', '/models')).body.models).toMatchObject([
          { name: 'small', versions: ['1.0.0'] },
        ]);
        await until('the uploads are gone', async () => (await storedKeys(service, 'models-uploads/')).length === 0);
      }),
    120_000,
  );

  it(
    'moves aliases, which jobs follow, and removes versions that none names',
    () =>
      withEmptyService(async (service) => {
        for (const number of ['1.0.0', '1.1.0'])
          expect(
            await send(service, 'PUT', version(number), await tarGz(await smallFiles({ version: number }))),
          ).toMatchObject({ status: 201 });
        expect(await versionOfJob(service, 'small')).toEqual(['succeeded', '1.1.0']);
        for (const number of ['1.1.0', '1.0.0']) {
          const set = await send(service, 'PUT', alias('stable'), { version: number });
          expect(set).toMatchObject({ status: 200, body: { version: number, aliases: { stable: number } } });
          expect(await versionOfJob(service, 'small@stable')).toEqual(['succeeded', number]);
        }
        await send(service, 'PUT', alias('latest'), { version: '1.0.0' });
        expect(await versionOfJob(service, 'small')).toEqual(['succeeded', '1.0.0']);
        expect((await send(service, 'GET', '/models/small')).body).toMatchObject({
          version: '1.0.0',
          versions: ['1.1.0', '1.0.0'],
        });

        expect(await send(service, 'DELETE', version('1.0.0'))).toMatchObject({
          status: 409,
          body: { code: 'model_in_use' },
        });
        for (const name of ['stable', 'latest']) expect((await send(service, 'DELETE', alias(name))).status).toBe(204);
        expect((await send(service, 'DELETE', version('1.0.0'))).status).toBe(204);
        for (const path of [version('1.0.0'), alias('stable')])
          expect(await send(service, 'DELETE', path)).toMatchObject({ status: 404, body: { code: 'model_not_found' } });
        expect(await versionOfJob(service, 'small@1.0.0')).toBe('model_not_found');
        expect(await storedKeys(service, 'models/small/versions/1.0.0/')).toEqual([]);
      }),
    120_000,
  );

  it(
    'leaves nothing of what it refuses',
    () =>
      withEmptyService(async (service) => {
        const files = await smallFiles();
        const damaged = files.map((file) => (file.name.endsWith('.bin') ? { ...file, content: 'short' } : file));
        const outside = [...files, { path: '../x', name: '../x', content: 'x' }];
        const cases: [number, string, RegExp, Uint8Array][] = [
          [422, 'model_refused', /weights/, await tarGz(damaged)],
          [422, 'model_refused', /\.\.\/x/, await tarGz(outside)],
          [422, 'model_refused', /\.\.\/x/, await zip(outside)],
          [422, 'model_refused', /neither a zip nor a tar\.gz/, Buffer.from('no archive')],
          [422, 'model_refused', /the card is of small 2\.0\.0/, await tarGz(await smallFiles({ version: '2.0.0' }))],
          [422, 'model_refused', /no model\.yaml/, await tarGz(files.filter(({ name }) => name !== 'model.yaml'))],
        ];
        for (const [status, code, detail, archive] of cases) {
          const answer = await send(service, 'PUT', version('1.0.0'), archive);
          expect(answer).toMatchObject({ status, body: { code } });
          expect(answer.body.detail).toMatch(detail);
        }
        await until('the uploads are gone', async () => (await storedKeys(service, 'models-uploads/')).length === 0);
        expect(await storedKeys(service, 'models/')).toEqual([]);
        expect((await send(service, 'GET', '/models')).body.models).toEqual([]);
      }),
    120_000,
  );

  it('answers what cannot be carried out with what is wrong', () =>
    withEmptyService(async (service) => {
      for (const [method, path, body, status, code, detail] of impossible) {
        const answer = await send(service, method, path, body);
        expect(answer).toMatchObject({ status, body: { code } });
        expect(answer.body.detail).toContain(detail);
      }
    }));
});
