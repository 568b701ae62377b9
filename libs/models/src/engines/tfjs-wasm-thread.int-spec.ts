import { resolve } from 'node:path';

import { expect, it } from '@jest/globals';

import { dense, made } from '../../../../test/models/small-networks.js';
import { madeValues } from '../../../../test/models/tfjs-model.js';
import type * as threads from './tfjs-wasm-thread.js';
import { openTfjsWasm } from './tfjs-wasm.js';

/** Compiled: a thread cannot be started from TypeScript. */
const { startTfjsWasmThread } = (await import(
  resolve('dist/libs/models/src/engines/tfjs-wasm-thread.js')
)) as typeof threads;

it('computes what this thread computes, and tells why it cannot', async () => {
  const network = made([6], dense(6));
  const [there, here] = [await startTfjsWasmThread()(network), await openTfjsWasm(network)];
  const inputs = [madeValues(3 * 6)];
  const expected = await here.predict(inputs, 3);
  expect(there.name).toBe(here.name);
  expect(await there.predict(inputs, 3)).toEqual(expected);
  await expect(there.predict(inputs, 4)).rejects.toThrow('18');
  expect(await there.predict(inputs, 3)).toEqual(expected);
  await Promise.all([there.dispose(), here.dispose()]);
});
