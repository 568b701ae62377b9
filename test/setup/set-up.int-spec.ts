import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withFolder } from '../with-folder.js';

const packageFile = {
  name: 'project',
  version: '1.0.0',
  engines: { node: '>=20.19' },
  dependencies: { part: 'file:part' },
};
const lockFile = {
  ...packageFile,
  lockfileVersion: 3,
  packages: { '': packageFile, part: { version: '1.0.0' }, 'node_modules/part': { resolved: 'part', link: true } },
};
/** Notes when it begins and ends. */
const buildScript = `
  import { appendFileSync } from 'node:fs';
  import 'part';
  appendFileSync('built', 'begin\\n');
  appendFileSync('built', 'end\\n');`;

/** Runs `use` in a project of one dependency, with this repository's set-up and a build of its own. */
async function withProject(use: (root: string) => Promise<void>): Promise<void> {
  await withFolder(async (root) => {
    await cp('scripts/setup', join(root, 'scripts/setup'), { recursive: true });
    await cp('scripts/setup.mjs', join(root, 'scripts/setup.mjs'));
    await writeFile(join(root, 'scripts/build.mjs'), buildScript);
    await mkdir(join(root, 'part'));
    await writeFile(join(root, 'part/package.json'), JSON.stringify({ name: 'part', version: '1.0.0' }));
    await writeFile(join(root, 'part/index.js'), '');
    await writeFile(join(root, 'package.json'), JSON.stringify(packageFile));
    await writeFile(join(root, 'package-lock.json'), JSON.stringify(lockFile));
    await use(root);
  });
}

async function setUp(root: string, env: NodeJS.ProcessEnv = {}): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, ['scripts/setup.mjs'], { cwd: root, env: { ...process.env, ...env } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, output };
}

function built(root: string): Promise<string> {
  return readFile(join(root, 'built'), 'utf8');
}

describe('the set-up', () => {
  it('installs what is locked, then builds', async () => {
    await withProject(async (root) => {
      expect(await setUp(root)).toMatchObject({ code: 0 });
      expect(await built(root)).toBe('begin\nend\n');
    });
  });

  it('prints nothing when there is nothing to do', async () => {
    await withProject(async (root) => {
      await setUp(root);
      expect(await setUp(root)).toEqual({ code: 0, output: '' });
    });
  });

  it('installs again when the lock file asks for something else', async () => {
    await withProject(async (root) => {
      await setUp(root);
      const part = { name: 'part', version: '2.0.0' };
      const packages = { ...lockFile.packages, part: { version: part.version } };
      await writeFile(join(root, 'part/package.json'), JSON.stringify(part));
      await writeFile(join(root, 'package-lock.json'), JSON.stringify({ ...lockFile, packages }));
      await setUp(root);
      expect(await readFile(join(root, 'node_modules/.package-lock.json'), 'utf8')).toContain('"version": "2.0.0"');
    });
  });

  it('waits for another set-up of the same checkout', async () => {
    await withProject(async (root) => {
      const pause = 'await new Promise((resolve) => setTimeout(resolve, 300));';
      const slowly = buildScript.replace("appendFileSync('built', 'end", `${pause}$&`);
      await writeFile(join(root, 'scripts/build.mjs'), slowly);
      const runs = await Promise.all([setUp(root), setUp(root)]);
      expect(runs.map(({ code }) => code)).toEqual([0, 0]);
      expect(await built(root)).toBe('begin\nend\nbegin\nend\n');
    });
  });

  it('takes over from a set-up that was killed', async () => {
    await withProject(async (root) => {
      const gone = spawn(process.execPath, ['--eval', '']);
      await once(gone, 'exit');
      await mkdir(join(root, '.cache'));
      await writeFile(join(root, '.cache/set-up.lock'), String(gone.pid));
      expect(await setUp(root)).toMatchObject({ code: 0 });
    });
  });

  it('fails with what npm said when npm fails', async () => {
    await withProject(async (root) => {
      await rm(join(root, 'part'), { recursive: true });
      await writeFile(join(root, 'package-lock.json'), JSON.stringify({ ...lockFile, packages: { '': {}, part: {} } }));
      const { code, output } = await setUp(root);
      expect(code).toBe(1);
      expect(output).toMatch(
        /npm error[^]*Installing dependencies: `npm ci --include=dev --no-audit --no-fund` failed \(exit 1\)\n$/,
      );
    });
  });

  it('fails with what the build said when the build fails', async () => {
    await withProject(async (root) => {
      await writeFile(join(root, 'scripts/build.mjs'), `console.log('x.ts(1,1): error'); process.exit(2);`);
      const { code, output } = await setUp(root);
      expect(code).toBe(1);
      expect(output).toMatch(/x\.ts\(1,1\): error\n\nBuilding: .* failed \(exit 2\)\n$/);
    });
  });

  describe('where redis-server is missing and may not be installed', () => {
    /** Dependencies are there already, so that Node is all that the rest needs. */
    async function barePath(root: string): Promise<NodeJS.ProcessEnv> {
      await setUp(root);
      const PATH = join(root, 'bin');
      await mkdir(PATH);
      await symlink(process.execPath, join(PATH, 'node'));
      return { PATH };
    }

    it.each(['', 'redis://queue:6379'])('says in one line what to install, REDIS_URL being "%s"', async (REDIS_URL) => {
      await withProject(async (root) => {
        const { code, output } = await setUp(root, { ...(await barePath(root)), REDIS_URL });
        expect(code).toBe(1);
        expect(output).toMatch(/^redis-server is missing: install it \(.*\)\n$/);
      });
    });
  });
});
