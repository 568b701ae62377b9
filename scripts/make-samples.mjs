/** Makes the recordings of samples/: the ten digits, by voices of the synthesiser flite, which no training hears. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const words = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const voices = ['rms'];
const folder = fileURLToPath(new URL('../samples', import.meta.url));

mkdirSync(folder, { recursive: true });
for (const word of words) {
  for (const voice of voices) {
    const file = `${folder}/${word}-${voice}.wav`;
    const { status, error, stderr } = spawnSync('flite', ['-voice', voice, '-t', word, '-o', file], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`flite cannot say ${word} (is it installed?): ${error?.message ?? stderr}`);
  }
}
