import { describe, expect, it } from '@jest/globals';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

interface Lock {
  packages: Record<string, { version?: string; integrity?: string; optional?: boolean }>;
}

const script = pathToFileURL(resolve('scripts/setup/dependencies.mjs')).href;
const { missingPackages } = (await import(script)) as { missingPackages: (lock: Lock, installed: Lock) => string[] };

const lock: Lock = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/zod': { version: '4.6.7', integrity: 'sha512-a' },
    'node_modules/fsevents': { version: '2.3.3', integrity: 'sha512-b', optional: true },
  },
};

describe('what node_modules lacks', () => {
  it('is nothing after npm ci, which leaves optional packages of other platforms out', () => {
    const installed = { packages: { 'node_modules/zod': { version: '4.6.7', integrity: 'sha512-a' } } };
    expect(missingPackages(lock, installed)).toEqual([]);
  });

  it.each([
    ['a package that is not there', {}],
    ['a package of another version', { 'node_modules/zod': { version: '4.6.6', integrity: 'sha512-a' } }],
    ['a package with other bytes', { 'node_modules/zod': { version: '4.6.7', integrity: 'sha512-c' } }],
  ])('is %s', (_what, packages) => {
    expect(missingPackages(lock, { packages })).toEqual(['node_modules/zod']);
  });
});
