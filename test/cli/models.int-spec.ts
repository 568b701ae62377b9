import { describe, expect, it } from '@jest/globals';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { writeFanBundle } from '../bundles.js';
import { writeDigitBundle } from '../image-cards.js';
import { smallCard, writeSmallBundle } from '../models/make-bundle.js';
import { tarGz, zip } from '../models/unpack.js';
import { newRecording } from '../recordings.js';
import { hasReferenceData, referenceData } from '../reference-data.js';
import { until } from '../until.js';
import { withFolder } from '../with-folder.js';
import { EarshotCommand } from './earshot-command.js';

/** Runs `earshot models` with a small bundle and a recording, and without a server; nothing of it may be left. */
function withBundle(
  use: (bundle: string, recording: string, run: typeof runIn, temporary: string) => Promise<void>,
): Promise<void> {
  return withFolder((temporary) =>
    withFolder(async (folder) => {
      await writeSmallBundle(folder);
      const recording = join(temporary, 'noise.wav');
      await writeFile(recording, newRecording({ seconds: 0.5 }));
      await use(folder, recording, (args) => runIn(args, temporary), temporary);
      expect(await readdir(temporary)).toEqual(['noise.wav']);
    }),
  );
}

function commandIn(args: readonly string[], TMPDIR = ''): EarshotCommand {
  return new EarshotCommand(['models', ...args], { TMPDIR, EARSHOT_URL: 'http://127.0.0.1:1' });
}

async function runIn(args: readonly string[], TMPDIR = '') {
  const command = commandIn(args, TMPDIR);
  const code = await command.exitCode();
  expect(command.running()).toEqual([]);
  return { code, output: command.output };
}

describe('earshot models check', () => {
  it('shows what registering would say, scores, times and memory', () =>
    withBundle(async (bundle, recording, run) => {
      const { code, output } = await run(['check', bundle, recording]);
      expect(`${output}exit code ${code}`).toMatch(/exit code 0$/);
      expect(output).toMatch(/^small 1\.0\.0 {2}sha256:[0-9a-f]{64}$/m);
      expect(output).toMatch(/^imported {2}tfjs-layers, \d+ layers, input 7 x 8.*, output 2; \d+ ms with the check$/m);
      expect(output).toMatch(/^checked {3}agrees with .+ within \d/m);
      expect(output).toMatch(/^loaded {4}onnxruntime-node \S+ cpu, \d+ ms, \d+\.\d MB of memory$/m);
      expect(output).toMatch(/^network {3}\d+\.\d{3} ms for one input, warm$/m);
      expect(output).toMatch(/^noise\.wav +(quiet|loud) +[01]\.\d{4}( +\d+\.\d\d){4}$/m);
      expect(output).toMatch(/^noise\.wav: (quiet|loud) [01]\.\d{4}, (quiet|loud) [01]\.\d{4}$/m);
    }));

  it('gives a program everything as one line, and needs no input', () =>
    withBundle(async (bundle, _recording, run) => {
      const { code, output } = await run(['check', bundle, '--json']);
      expect(code).toBe(0);
      const line = output.split('\n').find((text) => text.startsWith('{')) ?? '';
      const whole = { record: { name: 'small', card: { weights: 'model.json' } }, networkMs: expect.any(Number) };
      expect(JSON.parse(line)).toMatchObject({ ...whole, inputs: [] });
    }));

  it('refuses in the words of a registration', () =>
    withBundle(async (bundle, _recording, run) => {
      await writeSmallBundle(bundle, { ...smallCard, output: { labels: ['a', 'b', 'c'] } });
      const { code, output } = await run(['check', bundle]);
      expect(code).toBe(1);
      expect(output).toMatch(/^earshot: model_refused: the card has 3 labels, and the network gives 2 values/m);
    }));

  it('goes on with other inputs when one cannot be read, and fails', () =>
    withBundle(async (bundle, recording, run) => {
      const { code, output } = await run(['check', bundle, join(bundle, 'model.yaml'), recording]);
      expect(code).toBe(1);
      expect(output).toMatch(/^\S+model\.yaml: input_unreadable: /m);
      expect(output).toMatch(/^noise\.wav +(quiet|loud) /m);
      expect(output).toContain('earshot: 1 of 2 inputs have no result');
    }));

  it.each([
    ['a recording that is not there', 'nope.wav', 'cannot be read: there is no such file'],
    ['a folder of recordings', '.', 'is a folder; name the recordings or images in it'],
  ])('says that %s is none before it does anything', (_, input, message) =>
    withBundle(async (bundle, recording, run) => {
      const { code, output } = await run(['check', bundle, recording, join(bundle, input)]);
      expect(code).toBe(1);
      expect(output).toBe(`earshot: ${join(bundle, input)} ${output.slice(output.indexOf(message))}`);
      expect(output).toContain(message);
    }),
  );

  it('runs in the engine that it is told, and knows no other than there are', () =>
    withBundle(async (bundle, recording, run) => {
      const { code, output } = await run(['check', bundle, recording, '--engine', 'tfjs-wasm']);
      expect(output).toMatch(/^loaded {4}tfjs \S+ wasm, /m);
      expect(code).toBe(0);
      const unknown = await run(['check', bundle, '--engine', 'abacus']);
      expect(unknown.output).toMatch(/^earshot: there is no engine abacus; there are onnxruntime, .*tfjs-node$/m);
      expect(unknown.code).toBe(1);
    }));

  it('names the layer and the option that are not supported', () =>
    withBundle(async (bundle, _recording, run) => {
      const dense = { className: 'Dense', options: { units: 2, activation: 'sine' }, weights: { kernel: [8, 2] } };
      await writeSmallBundle(bundle, smallCard, [dense]);
      const { code, output } = await run(['check', bundle]);
      expect(output).toMatch(/^earshot: model_refused: layer dense_0 \(Dense\): .*activation.*sine/m);
      expect(code).toBe(1);
    }));

  it('leaves nothing behind when it is stopped', () =>
    withBundle(async (bundle, recording, _run, temporary) => {
      const command = commandIn(['check', bundle, recording], temporary);
      await until('the conversion to begin', () => command.output.includes('Importing'));
      command.process.kill('SIGINT');
      expect(await command.exitCode()).toBe(130);
      expect(command.output).toContain('earshot: stopped on request');
      expect(command.running()).toEqual([]);
    }));

  it('takes a tar.gz archive and a zip archive', () =>
    withBundle(async (bundle, recording, run) => {
      const names = ['model.yaml', 'model.json', 'weights.bin'];
      const files = await Promise.all(
        names.map(async (name) => ({
          path: `small/${name}`,
          name: `small/${name}`,
          content: await readFile(join(bundle, name)),
        })),
      );
      const archives = { 'small.tar.gz': await tarGz(files), 'small.zip': await zip(files) };
      for (const [name, bytes] of Object.entries(archives)) {
        await writeFile(join(bundle, name), bytes);
        const { code, output } = await run(['check', join(bundle, name), recording]);
        expect(output).toMatch(/^noise\.wav +(quiet|loud) /m);
        expect(code).toBe(0);
      }
    }));

  it('refuses a hostile archive', () =>
    withBundle(async (bundle, recording, run) => {
      const archive = join(bundle, 'small.tar.gz');
      await writeFile(archive, await tarGz([{ name: 'model.yaml', content: 'x' }, { name: '../escaped' }]));
      const { code, output } = await run(['check', archive, recording]);
      expect(code).toBe(1);
      expect(output).toContain(`earshot: model_refused: the archive's entry "../escaped" leads out of the folder`);
    }));
});

(hasReferenceData ? describe : describe.skip)('earshot models check of trained networks', () => {
  it('hears which fan is imbalanced', () =>
    withFolder(async (folder) => {
      const recordings = ['normal.wav', 'pb1.wav'].map((name) => referenceData('fan', 'mimii_signalML', name));
      const { code, output } = await runIn(['check', await writeFanBundle(join(folder, 'fan')), ...recordings]);
      expect(output).toMatch(/^checked {3}agrees with .+ within \d/m);
      expect(output).toMatch(/^normal\.wav +Component OK +0\.9[5-9]/m);
      expect(output).toMatch(/^pb1\.wav +Component is imbalanced +0\.9[5-9]/m);
      expect(code).toBe(0);
    }));

  it('reads a drawn digit', () =>
    withFolder(async (folder) => {
      const four = referenceData('models', 'mnist_alvertogit', '4.jpg');
      const { code, output } = await runIn(['check', await writeDigitBundle(join(folder, 'digits')), four]);
      expect(output).toMatch(/^4\.jpg +4 +0\.\d{4}/m);
      expect(code).toBe(0);
    }));
});
