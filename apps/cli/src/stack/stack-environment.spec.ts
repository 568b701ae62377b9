import { describe, expect, it } from '@jest/globals';
import { stackEnvironment, withoutSettings } from './stack-environment.js';

const defaults = { redisUrl: 'unix:/data/redis.sock', objects: '/data/objects', builtInModels: '/earshot/models' };

describe('the environment of the API and the worker', () => {
  it('is the embedded default where the caller says nothing', () => {
    expect(stackEnvironment({ PATH: '/bin' }, defaults)).toEqual({
      PATH: '/bin',
      REDIS_URL: 'unix:/data/redis.sock',
      EARSHOT_STORE: 'folder:/data/objects',
      EARSHOT_MODELS: '/earshot/models',
      EARSHOT_PARENT: 'ipc',
    });
  });

  it('keeps what the caller set', () => {
    const caller = { REDIS_URL: 'redis://queue:6379', EARSHOT_STORE: 's3://bucket', EARSHOT_PORT: '8080' };
    expect(stackEnvironment(caller, defaults)).toMatchObject(caller);
  });

  it('takes an empty setting for one that is not set', () => {
    expect(stackEnvironment({ EARSHOT_STORE: '' }, defaults)['EARSHOT_STORE']).toBe('folder:/data/objects');
  });

  it("has the caller's models after the built-in ones", () => {
    const { EARSHOT_MODELS } = stackEnvironment({ EARSHOT_MODELS: '/mine:/yours' }, defaults);
    expect(EARSHOT_MODELS).toBe('/earshot/models:/mine:/yours');
  });

  it('lacks what is no setting of theirs', () => {
    expect(stackEnvironment({ EARSHOT_DATA: '/data' }, defaults)).not.toHaveProperty('EARSHOT_DATA');
  });
});

describe('the environment of the demo', () => {
  it("has none of the caller's settings, so that its worker takes no job of a queue that is in use", () => {
    const caller = { PATH: '/bin', REDIS_URL: 'redis://queue', EARSHOT_STORE: 's3://mine', EARSHOT_PORT: '80' };
    expect(withoutSettings(caller)).toEqual({ PATH: '/bin' });
  });
});
