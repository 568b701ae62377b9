import { describe, expect, it } from '@jest/globals';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { smallCard, writeSmallBundle } from '../models/make-bundle.js';
import { tarGz } from '../models/unpack.js';
import { newRecording } from '../recordings.js';
import { withFolder } from '../with-folder.js';
import { EarshotCommand } from './earshot-command.js';

/** Runs `earshot models` with a small bundle and a recording, and without a server; nothing of it may be left. */
function withBundle(use: (bundle: string, recording: string, run: typeof runIn) => Promise<void>): Promise<void> {
  return withFolder((temporary) =>
    withFolder(async (folder) => {
      await writeSmallBundle(folder);
      const recording = join(temporary, 'noise.wav');
      await writeFile(recording, newRecording({ seconds: 0.5 }));
      await use(folder, recording, (args) => runIn(args, temporary));
      expect(await readdir(temporary)).toEqual(['noise.wav']);
    }),
  );
}

async function runIn(args: readonly string[], TMPDIR = '') {
  const command = new EarshotCommand(['models', ...args], { TMPDIR, EARSHOT_URL: 'http://127.0.0.1:1' });
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

  it('takes an archive, and refuses a hostile one', () =>
    withBundle(async (bundle, recording, run) => {
      const archive = join(bundle, 'small.tar.gz');
      await writeFile(archive, await tarGz([{ name: 'model.yaml', content: 'x' }, { name: '../escaped' }]));
      const { code, output } = await run(['check', archive, recording]);
      expect(code).toBe(1);
      expect(output).toContain(`earshot: model_refused: the archive's entry "../escaped" leads out of the folder`);
    }));
});
