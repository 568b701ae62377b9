import { expect, it } from '@jest/globals';
import { openClient } from './open-client.js';

it.each([
  ['localhost:4100', 'EARSHOT_URL lacks its http:// or https://, as in http://localhost:4100'],
  ['earshot.test/api', 'EARSHOT_URL lacks its http:// or https://, as in http://earshot.test/api'],
  ['redis://localhost', 'EARSHOT_URL must begin with http:// or https://: redis://localhost'],
  ['http://:0:0', 'EARSHOT_URL is not an address: http://:0:0'],
])('of the address %s it says: %s', (url, words) => {
  expect(() => openClient(url)).toThrow(words);
});
