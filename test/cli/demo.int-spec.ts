import { describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { withFolder } from '../with-folder.js';
import { EarshotCommand } from './earshot-command.js';

const samples = readdirSync('samples').filter((name) => name.endsWith('.wav'));

describe('earshot demo', () => {
  it('hears every sample right, shows a table, and leaves neither process nor folder behind', async () => {
    await withFolder(async (TMPDIR) => {
      const demo = new EarshotCommand(['demo'], { TMPDIR });
      const code = await demo.exitCode();
      expect(`${demo.output}exit code ${code}`).toMatch(/exit code 0$/);
      expect(demo.output).toMatch(/^file +label +score +queue ms +compute ms$/m);
      for (const sample of samples) {
        const [digit = ''] = sample.split('-');
        expect(demo.output).toMatch(new RegExp(`^${sample} +${digit} +[01]\\.\\d{3} +\\d+\\.\\d +\\d+\\.\\d$`, 'm'));
      }
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
