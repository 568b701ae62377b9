import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { builtInModels } from '../bundles.js';
import { rawZip } from '../models/raw-zip.js';
import { newRecording } from '../recordings.js';
import { until } from '../until.js';
import { withFolder } from '../with-folder.js';
import { withService, type Service } from '../with-service.js';
import { EarshotCommand } from './earshot-command.js';

const commandMs = 120_000;

/** An Earshot with a worker, and a folder of so many distinct recordings, some of them deeper. */
function withMill(
  count: number,
  run: (service: Service, folder: string) => Promise<void>,
  settings: Record<string, string> = {},
): Promise<void> {
  return withFolder((parent) =>
    withService({ EARSHOT_MODELS: builtInModels, ...settings }, async (service) => {
      const folder = join(parent, 'mill');
      await mkdir(join(folder, 'line 7'), { recursive: true });
      for (let i = 0; i < count; i++)
        await writeFile(join(folder, i % 2 ? 'line 7' : '', `${i}.wav`), newRecording({ seconds: 0.3 + i / 1000 }));
      await service.startWorker();
      await run(service, folder);
    }),
  );
}

function batch(service: Service, folder: string, ...options: string[]): EarshotCommand {
  return new EarshotCommand(['batch', folder, '--model', 'spoken-digits', ...options], { EARSHOT_URL: service.url });
}

/** How many of the files that the API was sent were there already. */
function sentTwice(service: Service): number {
  const lines = service.api!.log.split('\n').filter((line) => line.startsWith('{'));
  const requests = lines.map((line) => JSON.parse(line) as { method?: string; path?: string; status?: number });
  const sent = requests.filter(({ method, path }) => method === 'POST' && path?.endsWith('/files'));
  expect(sent.length).toBeGreaterThanOrEqual(80);
  return sent.filter(({ status }) => status === 200).length;
}

describe('earshot batch', () => {
  it(
    'goes on where it was killed, and writes a result for each file',
    () =>
      withMill(80, async (service, folder) => {
        const out = join(folder, '..', 'results.csv');
        const first = batch(service, folder, '--out', out);
        const id = await until('the batch is open', () => /batch_\w+/.exec(first.output)?.[0], commandMs);
        const total = async () =>
          ((await (await fetch(`${service.url}/batches/${id}`)).json()) as { counts: { total: number } }).counts.total;
        await until('some are sent', async () => (await total()) > 10);
        first.process.kill('SIGKILL');
        await first.exitCode();
        const second = batch(service, folder, '--out', out);
        expect([await second.exitCode(), second.output]).toEqual([0, expect.stringContaining(`${id}: 80 succeeded`)]);
        expect(second.output).toMatch(/: 80 files of .*mill for spoken-digits 1.0.0, \d+ of them sent before/);
        expect([await total(), sentTwice(service)]).toEqual([80, 0]);
        const rows = (await readFile(out, 'utf8')).trimEnd().split('\r\n');
        expect([rows.length, rows[0]]).toEqual([81, 'path,status,label,score,error,detail,job']);
        expect(new Set(rows.slice(1).map((row) => row.split(',')[0])).size).toBe(80);
        const third = batch(service, folder, '--out', out, '--json');
        expect(await third.exitCode()).toBe(0);
        const line = third.output.split('\n').find((text) => text.startsWith('{'))!;
        expect(JSON.parse(line)).toMatchObject({ id, status: 'finished', counts: { succeeded: 80 }, refused: [] });
      }),
    commandMs,
  );

  it(
    'tells which files have no result, and takes those that came since into another batch',
    () =>
      withMill(3, async (service, folder) => {
        await writeFile(join(folder, 'broken.wav'), 'no recording');
        await writeFile(join(folder, 'notes.txt'), 'left out');
        const first = batch(service, folder);
        expect(await first.exitCode()).toBe(1);
        expect(first.output).toContain('1 other file is left out');
        expect(first.output).toMatch(/failed {2}broken\.wav {2}input_type_mismatch: The model takes recordings/);
        expect(first.output).toContain('earshot: 1 of 4 files have no result');
        await writeFile(join(folder, 'new.wav'), newRecording({ seconds: 0.4 }));
        const second = batch(service, folder);
        expect(await second.exitCode()).toBe(1);
        expect(second.output).toContain('4 succeeded, 1 without a result');
        const ids = [first, second].map(({ output }) => /batch_\w+/.exec(output)?.[0]);
        expect(new Set(ids).size).toBe(2);
      }),
    commandMs,
  );

  it(
    'goes on watching in another batch when the server has closed the one before, and writes the results of both',
    () =>
      withMill(
        2,
        async (service, folder) => {
          const out = join(folder, '..', 'results.csv');
          const statusOf = async (id: string) =>
            ((await (await fetch(`${service.url}/batches/${id}`)).json()) as { status: string }).status;
          const put = (name: string) => writeFile(join(folder, name), newRecording({ seconds: 0.5 }));
          const ids = ({ output }: EarshotCommand) => [...new Set(output.match(/batch_\w+/g))];
          // Files that are sent at the same time come in any order.
          const paths = async () => {
            const rows = (await readFile(out, 'utf8')).trimEnd().split('\r\n');
            const [title, ...files] = rows.map((row) => row.split(',')[0]);
            return [title, ...files.toSorted()];
          };
          const first = batch(service, folder, '--watch', '--out', out);
          await until('the files are done', () => first.output.includes('2 of 2 done'), commandMs);
          const [one = ''] = ids(first);
          await until('the server closes the batch', async () => (await statusOf(one)) === 'finished', commandMs);
          await put('new.wav');
          const next = await until('another is open', () => ids(first)[1], commandMs);
          await until('the new file is done', () => first.output.includes('1 of 1 done'), commandMs);
          first.process.kill('SIGINT');
          expect([await first.exitCode(), first.output]).toEqual([0, expect.stringContaining(': 3 succeeded')]);
          expect(await paths()).toEqual(['path', '0.wav', 'line 7/1.wav', 'new.wav']);
          await until('that is closed as well', async () => (await statusOf(next)) === 'finished', commandMs);
          await put('newest.wav');
          const second = batch(service, folder, '--watch', '--out', out);
          await until('the newest file is done', () => second.output.includes('1 of 1 done'), commandMs);
          second.process.kill('SIGINT');
          expect([await second.exitCode(), second.output]).toEqual([0, expect.stringContaining(': 4 succeeded')]);
          expect(await paths()).toEqual(['path', '0.wav', 'line 7/1.wav', 'new.wav', 'newest.wav']);
        },
        { EARSHOT_BATCH_IDLE_SECONDS: '3' },
      ),
    2 * commandMs,
  );

  it(
    'says what is wrong with a folder, and with a model',
    () =>
      withMill(1, async (service, folder) => {
        const missing = batch(service, join(folder, 'none'));
        expect([await missing.exitCode(), missing.output]).toEqual([1, expect.stringContaining('cannot be read')]);
        const args = ['batch', folder, '--model', 'nobody'];
        const unknown = new EarshotCommand(args, { EARSHOT_URL: service.url });
        expect([await unknown.exitCode(), unknown.output]).toEqual([1, expect.stringContaining('model_not_found')]);
      }),
    commandMs,
  );

  it(
    'sends an archive, and finds its batch when it is sent again',
    () =>
      withMill(3, async (service, folder) => {
        const archive = join(folder, '..', 'mill.zip');
        const names = ['0.wav', 'line 7/1.wav', '2.wav'];
        const files = names.map(async (path) => ({ path, content: await readFile(join(folder, path)) }));
        await writeFile(archive, rawZip([...(await Promise.all(files)), { path: '../out.wav', content: 'x' }]));
        const first = batch(service, archive);
        expect([await first.exitCode(), first.output]).toEqual([1, expect.stringContaining(': 3 succeeded')]);
        expect(first.output).toMatch(/failed {2}_\/out\.wav {2}archive_entry_refused/);
        const again = batch(service, archive, '--json');
        expect(await again.exitCode()).toBe(1);
        expect(again.output).toContain(/batch_\w+/.exec(first.output)![0]);
        await writeFile(archive, rawZip([{ path: 'a.wav', content: await readFile(join(folder, '0.wav')) }]));
        const changed = batch(service, archive);
        expect([await changed.exitCode(), changed.output]).toEqual([0, expect.stringContaining(': 1 succeeded')]);
        await writeFile(archive, 'no archive');
        const none = batch(service, archive);
        expect([await none.exitCode(), none.output]).toEqual([1, expect.stringContaining('neither a zip')]);
      }),
    commandMs,
  );
});
