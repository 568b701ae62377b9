import { describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { withFolder } from '../with-folder.js';
import { EarshotCommand } from './earshot-command.js';

const samples = readdirSync('samples').filter((name) => name.endsWith('.wav'));

describe('earshot demo', () => {
  it('hears at least nine in ten of the samples right, shows a table with all of them, and leaves neither process nor folder behind', async () => {
    await withFolder(async (TMPDIR) => {
      const demo = new EarshotCommand(['demo'], { TMPDIR });
      const code = await demo.exitCode();
      expect(`${demo.output}exit code ${code}`).toMatch(/exit code 0$/);
      expect(demo.output).toMatch(/^file +label +score +queue ms +compute ms$/m);
      const labels = samples.map((sample) => {
        const row = new RegExp(`^${sample} +([a-z]+) +[01]\\.\\d{3} +\\d+\\.\\d +\\d+\\.\\d$`, 'm').exec(demo.output);
        return { sample, label: row?.[1] };
      });
      expect(labels.filter(({ label }) => label === undefined)).toEqual([]);
      const wrong = labels.filter(({ sample, label }) => !sample.startsWith(`${label}-`));
      expect(wrong.length).toBeLessThanOrEqual(samples.length / 10);
      expect(demo.running()).toEqual([]);
      expect(await readdir(TMPDIR)).toEqual([]);
    });
  });

  it('is not disturbed by settings made for npm start', async () => {
    await withFolder(async (TMPDIR) => {
      const settings = { EARSHOT_PORT: '1', EARSHOT_STORE: 's3://elsewhere', EARSHOT_MODELS: '/no/such/folder' };
      const demo = new EarshotCommand(['demo'], { TMPDIR, ...settings });
      const code = await demo.exitCode();
      expect(`${demo.output}exit code ${code}`).toMatch(/exit code 0$/);
    });
  });
});
