import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { listBundleFiles } from '../../apps/cli/src/models/bundle-files.js';
import { packBundle } from '../../apps/cli/src/models/pack-bundle.js';
import { ComputeChild } from '../../apps/worker/src/compute/compute-child.js';
import { registerArchive } from '../../apps/worker/src/registration/register-archive.js';
import type { RegisterParts } from '../../apps/worker/src/registration/register-once.js';
import { openStore, type ObjectStore } from '#jobs';
import { readModelRecord, recordKey } from '#models/catalog';
import type { BenchTools } from '../benchmark.js';
import { measureMs, median, rounded } from '../timing.js';
import type { Workload } from '../workload.js';
import { toKerasFile } from './keras-file.js';
import { madeCard, madeNetworks } from './made-networks.js';

const runs = 5;
const archiveKey = 'bundle.tar.gz';
const version = madeCard.version;

/** A bundle of made-up weights that is packed as `earshot models add` packs it. */
interface PackedBundle {
  name: string;
  weights: string;
  bytes: Uint8Array;
}

/** From an uploaded archive to a record, as a worker does it: in a process that is started for this, and ended. */
export async function benchRegistration(_workload: Workload, tools: BenchTools): Promise<void> {
  for (const { name, layers } of madeNetworks) {
    const keras = { name, weights: 'model.h5', bytes: await toKerasFile(layers) };
    const onnx = await benchBundle(keras, tools);
    await benchBundle({ name, weights: 'model.onnx', bytes: onnx }, tools);
  }
}

/** @returns the ONNX file that it has become */
async function benchBundle(
  bundle: PackedBundle,
  { root, folder, interruption, print }: BenchTools,
): Promise<Uint8Array> {
  const signal = interruption.requested;
  const home = await mkdtemp(join(folder, 'registration-'));
  try {
    const { store, parts } = await openParts(root, join(home, 'store'));
    const archive = await pack(bundle, home, signal);
    await store.put(archiveKey, await readFile(archive));
    const startMs = median(await measureMs(() => startAlone(parts), { runs, signal }));
    const registerMs = await measureMs(() => registerAnew(store, bundle, parts), { runs, signal });
    const { network, files } = (await readModelRecord(store, bundle.name, version))!;
    print({
      ...{ bench: 'registration', model: bundle.name, format: network.format, weightsBytes: bundle.bytes.length, runs },
      ...{ registerMs: rounded(median(registerMs)), slowestMs: rounded(Math.max(...registerMs)) },
      startMs: rounded(startMs),
    });
    return await store.get(files.onnx.key);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

async function openParts(root: string, path: string): Promise<{ store: ObjectStore; parts: RegisterParts }> {
  const s3 = { endpoint: undefined, region: '', pathStyle: false, checksums: 'WHEN_REQUIRED' as const };
  const address = { address: { kind: 'folder' as const, path }, s3 };
  const setup = {
    ...{ store: address, engine: 'onnxruntime' as const, coordinatorPid: process.pid, version: 'bench' },
    ...{ modelMemoryBytes: 2 ** 30, memoryLimitBytes: 2 ** 31 },
  };
  const program = new URL(`file://${join(root, 'dist/compute-process/compute.process.js')}`);
  return { store: await openStore(address), parts: { program, setup } };
}

async function pack({ name, weights, bytes }: PackedBundle, home: string, signal: AbortSignal): Promise<string> {
  const [folder, archive] = [join(home, 'bundle'), join(home, archiveKey)];
  await mkdir(folder);
  await writeFile(join(folder, 'model.yaml'), stringify({ name, ...madeCard, weights }));
  await writeFile(join(folder, weights), bytes);
  await packBundle(await listBundleFiles(folder), archive, signal);
  return archive;
}

/** The part of a registration that is no work on the model. */
async function startAlone({ program, setup }: RegisterParts): Promise<void> {
  const child = new ComputeChild(program);
  try {
    await child.ask('setup', setup);
  } finally {
    await child.kill();
  }
}

async function registerAnew(store: ObjectStore, { name }: PackedBundle, parts: RegisterParts): Promise<void> {
  await store.delete(recordKey(name, version));
  const reply = await registerArchive(store, archiveKey, { name, version }, parts);
  if (!reply.ok || !reply.created) throw new Error(`${name} was not registered: ${JSON.stringify(reply)}`);
}
