import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const folder = join(dist, 'compute-process');

/** In one folder, so that each finds the other beside it. */
const programs = [
  'apps/worker/src/compute/compute.process.js',
  'apps/worker/src/compute/watchdog.thread.js',
  'libs/models/src/engines/tfjs-wasm.thread.js',
];

/** Of zod, half of the modules are left out: the messages of forty languages. */
const bundledPackages = new Set(['zod']);

/**
 * Puts the compiled modules of a compute process into a few files. A process is started for each registration and after
 * each loss; loading them one by one takes half a second, of which two thirds are left.
 */
export async function bundleComputeProcess() {
  const { outputFiles } = await build({
    absWorkingDir: dist,
    entryPoints: programs,
    entryNames: '[name]',
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: 'linked',
    sourcesContent: false,
    write: false,
    logLevel: 'warning',
    plugins: [{ name: 'packages-stay-outside', setup: leavePackagesOutside }],
  });
  await mkdir(folder, { recursive: true });
  for (const { path, contents } of outputFiles) await writeChanged(path, contents);
  const written = new Set(outputFiles.map(({ path }) => basename(path)));
  for (const name of await readdir(folder)) if (!written.has(name)) await rm(join(folder, name));
}

/** A worker of this checkout may be running, and start a process at any moment: it finds a whole file always. */
async function writeChanged(path, contents) {
  const present = await readFile(path).catch(() => undefined);
  if (present?.equals(contents)) return;
  await writeFile(`${path}.new`, contents);
  await rename(`${path}.new`, path);
}

/** Files and the project's own `#` names go in. */
function leavePackagesOutside({ onResolve }) {
  onResolve({ filter: /^[^./#]/ }, ({ path, kind }) =>
    kind === 'entry-point' || bundledPackages.has(path) ? undefined : { path, external: true },
  );
}
