import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { withFolder } from '../../../../test/with-folder.js';
import { newBatchCommand } from './batch-command.js';

/** What the command says before it asks any server, with `{}` for a folder of the test's own. */
async function said(...args: string[]): Promise<string> {
  return withFolder(async (folder) => {
    await mkdir(join(folder, 'samples'));
    for (const name of ['one.wav', 'one.png', 'all.zip']) await writeFile(join(folder, name), '');
    const noPlace = () => {
      throw new Error('a server was asked');
    };
    const command = newBatchCommand({ client: noPlace, terminal: noPlace, printJson: noPlace });
    const given = args.map((arg) => arg.replace('{}', folder));
    const failure: Error = await command.parseAsync([...given, '-m', 'digits'], { from: 'user' }).then(
      () => new Error('it did not fail'),
      (error: Error) => error,
    );
    return failure.message.replaceAll(folder, '{}');
  });
}

it.each([
  ['{}/one.wav', '{}/one.wav is a recording: earshot submit {}/one.wav --model digits'],
  ['{}/one.png', '{}/one.png is an image: earshot submit {}/one.png --model digits'],
  ['{}/all.zip', 'a server was asked'],
])('of %s it says: %s', async (path, words) => {
  expect(await said(path)).toBe(words);
});

it.each([
  ['{}/samples', '{}/samples is a folder; name a file in it, such as {}/samples/results.csv'],
  ['{}/new/', '{}/new/ is a folder; name a file in it, such as {}/new/results.csv'],
  ['{}/no/results.csv', '{}/no/results.csv cannot be written: there is no folder {}/no'],
  ['{}/one.wav/results.csv', '{}/one.wav/results.csv cannot be written: a part of its path is a file, not a folder'],
  ['{}/results.csv', 'a server was asked'],
])('with results to %s it says, before anything is sent: %s', async (out, words) => {
  expect(await said('{}/samples', '--out', out)).toBe(words);
});
