import { describe, expect, it } from '@jest/globals';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const script = pathToFileURL(resolve('scripts/setup/node-version.mjs')).href;
const { requireNode } = (await import(script)) as { requireNode: (version: string, range: string) => void };

describe('the version of Node', () => {
  it.each(['20.19.0', '20.20.2', '24.0.0'])('%s is new enough for >=20.19', (version) => {
    expect(() => requireNode(version, '>=20.19')).not.toThrow();
  });

  it.each(['18.20.4', '20.18.3', '9.99.0'])('%s is refused in one line that says which one to install', (version) => {
    expect(() => requireNode(version, '>=20.19')).toThrow(
      `Node ${version} is too old: Earshot needs 20.19 or later (https://nodejs.org)`,
    );
  });
});
