/**
 * Unpacks Mesa's lavapipe, a Vulkan device in software, under .cache/vulkan, for the tests of the WebGPU engine and
 * nothing else: the system's own drivers stay as they are, and no rights are needed. `environment.json` there holds
 * what a process must have in its environment to use it. May be run again: what already works is left alone.
 */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runStep } from './setup/run-step.mjs';
import { SetUpError } from './setup/set-up-error.mjs';

const folder = fileURLToPath(new URL('../.cache/vulkan', import.meta.url));
const root = join(folder, 'root');
const apt = join(folder, 'apt');
const environmentFile = join(folder, 'environment.json');
const probe = fileURLToPath(new URL('setup/probe-webgpu.mjs', import.meta.url));

/** Mesa 22 of Debian 12 lacks what WebGPU asks for: there it comes from the backports, elsewhere from what apt has. */
const bookwormSources = ['bookworm', 'bookworm-backports']
  .map(
    (suite) =>
      `deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian ${suite} main\n`,
  )
  .join('');

async function isBookworm() {
  return /^VERSION_CODENAME=bookworm$/m.test(await readFile('/etc/os-release', 'utf8').catch(() => ''));
}

/** Lists, caches and sources of our own: the system's are neither locked nor changed. */
async function aptOptions() {
  const own = { 'Dir::State::Lists': 'lists', 'Dir::Cache': '.', 'Dir::Cache::Archives': 'archives' };
  for (const name of ['lists/partial', 'archives/partial']) await mkdir(join(apt, name), { recursive: true });
  const options = Object.entries(own).map(([option, name]) => `${option}=${join(apt, name)}`);
  options.push('Debug::NoLocking=1', 'APT::Sandbox::User=root', 'Acquire::Languages=none');
  if (await isBookworm()) {
    await writeFile(join(apt, 'sources.list'), bookwormSources);
    options.push(`Dir::Etc::SourceList=${join(apt, 'sources.list')}`, 'Dir::Etc::SourceParts=/dev/null');
    options.push('APT::Default-Release=bookworm-backports');
  }
  return options.flatMap((option) => ['-o', option]);
}

/** Mesa, the Vulkan loader, and of what they need that which is not installed here, or is too old. */
async function downloadPackages() {
  const options = await aptOptions();
  const packages = ['mesa-vulkan-drivers', 'libvulkan1'];
  await runStep('Reading what packages there are', ['apt-get', ...options, 'update'], { cwd: folder });
  const install = ['install', '--download-only', '--reinstall', '--no-install-recommends', '-y', ...packages];
  await runStep('Downloading Mesa', ['apt-get', ...options, ...install], { cwd: folder });
}

async function unpackPackages() {
  const archives = join(apt, 'archives');
  for (const name of await readdir(archives))
    if (name.endsWith('.deb'))
      await runStep('Unpacking', ['dpkg-deb', '-x', join(archives, name), root], { cwd: folder });
  await rm(apt, { recursive: true });
}

async function environmentOf() {
  const files = await readdir(root, { recursive: true });
  const find = (pattern) => {
    const name = files.find((path) => pattern.test(path));
    if (!name)
      throw new SetUpError(`the downloaded Mesa has no lavapipe: nothing in ${root} is called ${pattern.source}`);
    return join(root, name);
  };
  const libraries = join(find(/^usr\/lib\/.*\/libvulkan_lvp\.so$/), '..');
  // Packages of before the merge of /lib and /usr/lib have libraries in the former.
  const LD_LIBRARY_PATH = [libraries, libraries.replace('/usr/lib/', '/lib/')].join(':');
  return { LD_LIBRARY_PATH, VK_DRIVER_FILES: find(/\/lvp_icd[^/]*\.json$/) };
}

/** @throws SetUpError with the words of ONNX Runtime if it finds no device */
async function requireDevice() {
  const environment = JSON.parse(await readFile(environmentFile, 'utf8'));
  const env = { ...process.env, ...environment };
  await runStep('Trying WebGPU', [process.execPath, probe], { cwd: folder, env });
}

async function setUp() {
  if (
    existsSync(environmentFile) &&
    (await requireDevice().then(
      () => true,
      () => false,
    ))
  ) {
    console.log(`the Vulkan device is already there: ${folder}`);
    return;
  }
  if (process.platform !== 'linux')
    throw new SetUpError('lavapipe is set up on Linux only; other systems have a device of their own');
  await rm(folder, { recursive: true, force: true });
  await downloadPackages();
  await unpackPackages();
  await writeFile(environmentFile, `${JSON.stringify(await environmentOf(), null, 2)}\n`);
  await requireDevice();
  console.log(`the Vulkan device is ready: ${folder}`);
}

try {
  await setUp();
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
