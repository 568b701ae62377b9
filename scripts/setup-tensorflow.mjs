/**
 * Installs TensorFlow.js with its native TensorFlow binding under .cache/tensorflow, for training and for the engine tfjs-node.
 * The package's own download is tried first; where that fails, the binding is built against the libraries of the
 * tensorflow-cpu wheel. May be run again: what already works is left alone.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../.cache/tensorflow', import.meta.url));
const binding = join(folder, 'node_modules/@tensorflow/tfjs-node');
const wheel = 'tensorflow-cpu==2.21.0';
const minute = 60_000;

// Node 23 removed util.isNullOrUndefined, which tfjs-node still calls.
const probe = `
  require('node:util').isNullOrUndefined ??= (value) => value === null || value === undefined;
  const tf = require('@tensorflow/tfjs-node');
  if (tf.matMul([[2]], [[3]]).dataSync()[0] !== 6) process.exit(1);
  console.log(tf.backend().binding.TF_Version);`;

function run(command, args, { cwd = folder, timeoutMs = 10 * minute } = {}) {
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd, timeout: timeoutMs, encoding: 'utf8' });
  return { ok: status === 0, output: `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`.trim(), stdout };
}

function must(step, result) {
  if (!result.ok) throw new Error(`${step} failed:\n${result.output.slice(-4000)}`);
}

function loadedVersion() {
  const { ok, stdout } = run(process.execPath, ['-e', probe], { timeoutMs: minute });
  return ok ? stdout.trim().split('\n').at(-1) : undefined;
}

function installPackage() {
  mkdirSync(folder, { recursive: true });
  const manifest = { private: true, dependencies: { '@tensorflow/tfjs-node': '4.22.0' } };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  must('npm install', run('npm', ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund']));
}

/** The package's install script: it downloads TensorFlow unless deps/lib holds it, then fetches or builds the binding. */
function runInstallScript(timeoutMs) {
  return run('npm', ['run', '--prefix', binding, 'install'], { cwd: binding, timeoutMs });
}

function unpackWheel() {
  const download = join(folder, 'wheel');
  rmSync(download, { recursive: true, force: true });
  must(`pip download ${wheel}`, run('python3', ['-m', 'pip', 'download', '--no-deps', '--dest', download, wheel]));
  const file = readdirSync(download).find((name) => name.endsWith('.whl'));
  const wanted = `('tensorflow/include/', 'tensorflow/libtensorflow_')`;
  const unzip = `import sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
archive.extractall(sys.argv[2], [name for name in archive.namelist() if name.startswith(${wanted})])`;
  must('unpacking the wheel', run('python3', ['-c', unzip, join(download, file), download]));
  return { root: download, libraries: join(download, 'tensorflow') };
}

/** Lays the wheel's files out as the package's install script expects its own download. */
function placeLibraries({ root, libraries }) {
  const [deps, lib] = [join(binding, 'deps'), join(binding, 'deps/lib')];
  rmSync(deps, { recursive: true, force: true });
  mkdirSync(lib, { recursive: true });
  cpSync(join(libraries, 'include'), join(deps, 'include'), { recursive: true });
  const links = {
    'libtensorflow_cc.so.2': ['libtensorflow.so', 'libtensorflow.so.2', 'libtensorflow.so.2.9.1'],
    'libtensorflow_framework.so.2': ['libtensorflow_framework.so', 'libtensorflow_framework.so.2.9.1'],
  };
  for (const [library, names] of Object.entries(links)) {
    renameSync(join(libraries, library), join(lib, library));
    for (const name of names) symlinkSync(library, join(lib, name));
  }
  rmSync(root, { recursive: true });
}

function buildFromWheel() {
  if (process.platform !== 'linux')
    throw new Error(`there is no ${wheel} wheel to build against on ${process.platform}`);
  placeLibraries(unpackWheel());
  must('building the binding', runInstallScript(10 * minute));
}

const present = existsSync(binding) ? loadedVersion() : undefined;
if (present) {
  console.log(`TensorFlow ${present} is already there: ${folder}`);
} else {
  console.log(`installing @tensorflow/tfjs-node 4.22.0 in ${folder}`);
  installPackage();
  console.log('trying its own download of TensorFlow (5 minutes at most)');
  if (!runInstallScript(5 * minute).ok || !loadedVersion()) {
    console.log(`that did not work; building against the libraries of ${wheel} (274 MB)`);
    buildFromWheel();
  }
  const version = loadedVersion();
  if (!version) throw new Error('the binding was built and does not load; delete .cache/tensorflow and try again');
  console.log(`TensorFlow ${version} is ready for npm run train`);
}
