import { openAsBlob } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { withFolder } from '../../../../test/with-folder.js';
import { isFileChange } from './problem-words.js';

it('a file that changes while it is read is told from other trouble', () =>
  withFolder(async (folder) => {
    const file = join(folder, 'a.wav');
    await writeFile(file, 'x'.repeat(100));
    const opened = await openAsBlob(file);
    await writeFile(file, 'shorter');
    const read = await opened.arrayBuffer().catch((error: unknown) => error);
    expect([read, new Error('any')].map(isFileChange)).toEqual([true, false]);
  }));
