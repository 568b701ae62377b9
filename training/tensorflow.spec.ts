import { expect, it } from '@jest/globals';

import { withFolder } from '../test/with-folder.js';
import { loadTensorFlow } from './tensorflow.js';

it('says which command installs TensorFlow where it is not installed', async () => {
  await withFolder((folder) => {
    expect(() => loadTensorFlow(folder)).toThrow('npm run setup:tensorflow');
    return Promise.resolve();
  });
});
