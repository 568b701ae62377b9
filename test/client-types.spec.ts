import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { clientTypes, clientTypesPath } from './client-types.js';

it('the client has the types that the API describes itself with', async () => {
  const hint = `${clientTypesPath} is as the API describes itself (else: npm run client:types)`;
  const isCurrent = (await readFile(clientTypesPath, 'utf8')) === (await clientTypes());
  expect({ [hint]: isCurrent }).toEqual({ [hint]: true });
});
