import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { requireFreePort } from './port.js';

describe('the port of the API', () => {
  it('is refused with what to type when something listens on it', async () => {
    const server = createServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const port = String((server.address() as AddressInfo).port);
    await expect(requireFreePort('127.0.0.1', port)).rejects.toThrow(`port ${port} is in use: stop what uses it`);
    await once(server.close(), 'close');
  });

  it('is left free by the look', async () => {
    await expect(requireFreePort('127.0.0.1', '0')).resolves.toBeUndefined();
  });

  it('is refused when it is none', async () => {
    await expect(requireFreePort('127.0.0.1', 'http')).rejects.toThrow('port http cannot be used');
  });
});
