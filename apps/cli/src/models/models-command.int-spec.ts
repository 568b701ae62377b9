import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { extract } from 'tar-stream';

import { withFolder } from '../../../../test/with-folder.js';
import { Terminal } from '../terminal/terminal.js';
import { newModelsCommand } from './models-command.js';

interface Request {
  line: string;
  type: string | undefined;
  body: Buffer;
}
type Answer = { status: number; body?: object };

const fan = {
  ...{ name: 'fan', version: '1.1.0', digest: 'sha256:0123', task: 'classification', queue: 'cpu' },
  ...{ versions: ['1.1.0', '1.0.0'], aliases: { stable: '1.0.0' }, registeredAt: '2026-01-01T00:00:00Z' },
  card: { weights: 'model.onnx' },
  network: {
    ...{ format: 'keras-hdf5', layers: 3 },
    ...{ inputs: [{ name: 'a', shape: [40, 433, 1] }], outputs: [{ name: 'b', shape: [4] }] },
  },
  check: { reference: 'tfjs 4.22.0 wasm', largestDifference: 3.7123e-7 },
};

/** Runs the command against a receiver that gives the same answer to every request. */
async function run(args: readonly string[], { status, body }: Answer = { status: 200, body: fan }) {
  const requests: Request[] = [];
  const server = createServer((request, response) => {
    void buffer(request).then((bytes) => {
      const line = `${request.method} ${request.url}`;
      requests.push({ line, type: request.headers['content-type'], body: bytes });
      response.statusCode = status;
      response.end(body && JSON.stringify(body));
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const written: string[] = [];
  const json: string[] = [];
  const terminal = new Terminal({ write: (text: string) => written.push(text) }, false);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const given = { root: '.', url, engine: 'onnxruntime', terminal: () => terminal };
  const command = newModelsCommand({ ...given, printJson: (line) => json.push(line) });
  try {
    const failure = await command.parseAsync(args, { from: 'user' }).then(
      () => undefined,
      (error: Error & { code?: string }) => ({ code: error.code, message: error.message }),
    );
    return { requests, text: written.join(''), json: json.map((line) => JSON.parse(line) as unknown), failure };
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** A folder that looks like a bundle to the command, which leaves the rest to the registration. */
function withBundle<T>(use: (folder: string) => Promise<T>): Promise<T> {
  return withFolder(async (outer) => {
    const folder = join(outer, 'bundle');
    await mkdir(join(folder, 'parts'), { recursive: true });
    await writeFile(join(folder, 'model.yaml'), 'name: fan\nversion: 1.1.0\n');
    await writeFile(join(folder, 'parts', 'w.bin'), 'weights');
    return use(folder);
  });
}

async function filesIn(archive: Buffer): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  const reader = extract();
  Readable.from([gunzipSync(archive)]).pipe(reader);
  for await (const entry of reader) files[entry.header.name] = (await buffer(entry)).toString();
  return files;
}

describe('earshot models add', () => {
  it('sends the files of a folder under the name and version of its card', () =>
    withBundle(async (folder) => {
      await writeFile(join(folder, '.DS_Store'), 'x');
      await symlink('parts/w.bin', join(folder, 'linked.bin'));
      const { requests } = await run(['add', folder]);
      expect(requests.map(({ line, type }) => [line, type])).toEqual([
        ['PUT /models/fan/versions/1.1.0', 'application/octet-stream'],
      ]);
      const card = 'name: fan\nversion: 1.1.0\n';
      expect(await filesIn(requests[0]!.body)).toEqual({
        'linked.bin': 'weights',
        'model.yaml': card,
        'parts/w.bin': 'weights',
      });
    }));

  it('says whether it was registered, its digest, and how closely it was checked', () =>
    withBundle(async (folder) => {
      const words = 'fan 1.1.0  sha256:0123  agrees with tfjs 4.22.0 wasm within 3.7e-7\n';
      expect((await run(['add', folder], { status: 201, body: fan })).text).toContain(`\nregistered ${words}`);
      expect((await run(['add', folder])).text).toContain(`\nwas there already: ${words}`);
      expect((await run(['add', folder, '--json'])).json).toEqual([{ created: false, ...fan }]);
    }));

  it('packs the same files to the same bytes', () =>
    withBundle(async (folder) => {
      const [first, second] = [await run(['add', folder]), await run(['add', folder])];
      expect(first.requests[0]!.body.equals(second.requests[0]!.body)).toBe(true);
    }));

  it('gives the refusal of the registration with its code', () =>
    withBundle(async (folder) => {
      const problem = { status: 422, code: 'model_refused', title: 'refused', detail: 'layer a is of class B' };
      const { failure } = await run(['add', folder], { status: 422, body: problem });
      expect(failure).toEqual({ code: 'model_refused', message: 'layer a is of class B' });
    }));

  it.each([
    ['without a card', 'rm', 'is no bundle: it has no model.yaml'],
    ['with a card of no name', 'version: 1.0.0', 'needs a name such as fan-fault and a version such as 1.0.0'],
    ['with a card whose version is a number', 'name: fan\nversion: 1.0', 'needs a name such as fan-fault'],
    ['with a card that is not YAML', 'a: [', 'is not YAML'],
  ])('sends no folder %s', (_, card, message) =>
    withBundle(async (folder) => {
      if (card !== 'rm') await writeFile(join(folder, 'model.yaml'), card);
      const { requests, failure } = await run(['add', card === 'rm' ? join(folder, 'parts') : folder]);
      expect(failure?.message).toContain(message);
      expect(requests).toEqual([]);
    }),
  );

  it('sends nothing that lies outside of the folder', () =>
    withBundle(async (folder) => {
      await writeFile(join(folder, '..', 'secret'), 'x');
      await symlink('../secret', join(folder, 'w.bin'));
      const { requests, failure } = await run(['add', folder]);
      expect(failure?.message).toContain(`w.bin of ${folder} is a link out of the folder; put the file itself there`);
      expect(requests).toEqual([]);
    }));
});

describe('earshot models', () => {
  it('lists the models with their versions and aliases', async () => {
    const { text, requests } = await run(['list'], { status: 200, body: { models: [fan] } });
    expect(requests[0]!.line).toBe('GET /models');
    expect(text).toBe(
      'name  versions      aliases         task            queue\n' +
        'fan   1.1.0, 1.0.0  stable = 1.0.0  classification  cpu\n',
    );
  });

  it('says how to add the first model', async () => {
    expect((await run(['list'], { status: 200, body: { models: [] } })).text).toContain('earshot models add FOLDER');
  });

  it('shows a version: its network, how it was checked, its card', async () => {
    const { text, requests } = await run(['show', 'fan@stable']);
    expect(requests[0]!.line).toBe('GET /models/fan/versions/stable');
    expect(text).toContain('network     keras-hdf5, 3 layers, input 40 x 433 x 1, output 4\n');
    expect(text).toContain('check       agrees with tfjs 4.22.0 wasm within 3.7e-7\n');
    expect(text).toContain('\nweights: model.onnx\n');
    expect((await run(['show', 'fan'])).requests[0]!.line).toBe('GET /models/fan');
    expect((await run(['show', 'fan', '--json'])).json).toEqual([fan]);
  });

  it('sets and removes an alias', async () => {
    const set = await run(['alias', 'fan', 'stable', '1.1.0']);
    expect(set.requests[0]!.line).toBe('PUT /models/fan/aliases/stable');
    expect(JSON.parse(set.requests[0]!.body.toString())).toEqual({ version: '1.1.0' });
    expect(set.text).toBe('fan@stable is 1.1.0\n');
    const removed = await run(['alias', 'fan', 'stable', '--remove'], { status: 204 });
    expect(removed.requests[0]!.line).toBe('DELETE /models/fan/aliases/stable');
    for (const args of [['stable'], ['stable', '1.0.0', '--remove']])
      expect((await run(['alias', 'fan', ...args])).failure?.message).toContain('name the version');
  });

  it('removes a version, and only one that is named', async () => {
    const { requests, text } = await run(['remove', 'fan@1.0.0'], { status: 204 });
    expect(requests[0]!.line).toBe('DELETE /models/fan/versions/1.0.0');
    expect(text).toBe('removed fan 1.0.0\n');
    const unnamed = await run(['remove', 'fan'], { status: 204 });
    expect(unnamed.failure?.message).toContain('which version? Write fan@1.0.0');
    expect(unnamed.requests).toEqual([]);
  });
});
