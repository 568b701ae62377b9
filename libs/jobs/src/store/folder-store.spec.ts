import { join } from 'node:path';
import { describe } from '@jest/globals';
import { withFolder } from '../../../../test/with-folder.js';
import { FolderStore } from './folder-store.js';
import { conformsToObjectStore } from './object-store.conformance.js';

describe('a folder', () => {
  describe('is an object store', () =>
    conformsToObjectStore((run) => withFolder((folder) => run(new FolderStore(join(folder, 'objects'))))));
});
