import { expect, it } from '@jest/globals';

import { withFolder } from '../../../../test/with-folder.js';
import { EngineUnavailableError } from '../errors.js';
import { loadTfjsNode } from './load-tfjs-node.js';

it('says which command installs TensorFlow where it is not installed', async () => {
  await withFolder((folder) => {
    expect(() => loadTfjsNode(folder)).toThrow(EngineUnavailableError);
    expect(() => loadTfjsNode(folder)).toThrow('npm run setup:tensorflow');
    return Promise.resolve();
  });
});
