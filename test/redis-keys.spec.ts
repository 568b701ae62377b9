import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const page = readFileSync(resolve('docs/architecture/04-storage.md'), 'utf8');

/** The first words of all keys that sources make with `redisKey('...')`. */
function keysInCode(): string[] {
  const sources = ['apps', 'libs'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('spec.ts'))
      .map((name) => readFileSync(join(folder, name), 'utf8')),
  );
  return sources.flatMap((text) => [...text.matchAll(/redisKey\('([^']+)'/g)].map(([, key = '']) => key));
}

function keysInDocs(): string[] {
  const [, section = ''] = /## Keys in Redis\n([^]*?)\n## /.exec(page) ?? [];
  return [...section.matchAll(/^\| `([\w-]+)/gm)].map(([, key = '']) => key);
}

describe('the keys in Redis', () => {
  it('are all explained, and none that is not used', () => {
    const ofQueues = 'inference-';
    expect(keysInDocs().sort()).toEqual([ofQueues, ...new Set(keysInCode())].sort());
  });
});
