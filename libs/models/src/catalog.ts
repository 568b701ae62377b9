import { z } from 'zod';

import { isAliasKey, parseAlias, type ModelAlias } from './aliases.js';
import { getIfPresent, type BundleStore } from './bundle-store.js';
import { modelCardSchema } from './card.js';
import { refusal } from './errors.js';

export * from './aliases.js';
export type { BundleStore } from './bundle-store.js';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const storedFile = { bytes: z.int().min(1), sha256 };

/** An input or an output of a network: its shape leaves out the batch axis. */
const tensorSchema = z.object({ name: z.string(), shape: z.array(z.int().min(1)) });

/** A registered version: what it is, where its files lie in the store, and how it was checked. Never changed. */
export const modelRecordSchema = z.object({
  name: z.string(),
  version: z.string(),
  /** Of the card in canonical form and the weights: equal digests predict the same. */
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  /** The registration that stored the files; another of the same content has files of its own. */
  content: z.uuid(),
  card: modelCardSchema,
  network: z.object({
    /** What the weights came as. */
    format: z.enum(['keras-hdf5', 'keras', 'tfjs-layers', 'tfjs-graph', 'onnx']),
    /** How many layers, or operations of a graph, the file has. */
    layers: z.int().min(0),
    inputs: z.array(tensorSchema).min(1),
    outputs: z.array(tensorSchema).min(1),
  }),
  /** Most inputs in one call of the network. */
  groupLimit: z.int().min(1),
  files: z.object({
    /** As they came. `path` is the name inside the bundle; the object is at {@link weightsKey}. */
    weights: z.array(z.object({ path: z.string(), ...storedFile })).min(1),
    onnx: z.object({ key: z.string(), ...storedFile }),
  }),
  check: z.object({
    /** The engine that ONNX Runtime was compared with. */
    reference: z.string(),
    /** Largest |difference| of an output on the probe input. */
    largestDifference: z.number().min(0),
  }),
  registeredAt: z.iso.datetime(),
});
export type ModelRecord = z.infer<typeof modelRecordSchema>;

const root = 'models/';

/** Where a version's record lies. Its presence is what registers the version. */
export function recordKey(name: string, version: string): string {
  return `${root}${name}/versions/${version}/record.json`;
}

/** What tells where the files of a registration lie. */
type Content = Pick<ModelRecord, 'name' | 'version' | 'digest' | 'content'>;

/**
 * Where the files of one registration lie. No other writes there: two bundles registered at the same moment under one
 * version cannot mix their files, and a removal takes away no file that a new registration has just stored.
 */
export function contentPrefix({ name, version, digest, content }: Content): string {
  return `${root}${name}/versions/${version}/${digest.slice('sha256:'.length)}/${content}/`;
}

/** Where the network that is served lies. */
export function onnxKey(record: Content): string {
  return `${contentPrefix(record)}model.onnx`;
}

/** Where a weights file of the bundle lies. */
export function weightsKey(record: Content, path: string): string {
  return `${contentPrefix(record)}weights/${path}`;
}

/**
 * The record of a version, or undefined when there is none.
 *
 * @throws ModelError if the stored object is not a record of that version
 */
export async function readModelRecord(
  store: BundleStore,
  name: string,
  version: string,
): Promise<ModelRecord | undefined> {
  const key = recordKey(name, version);
  const bytes = await getIfPresent(store, key);
  return bytes === undefined ? undefined : parseRecord(bytes, key);
}

/** The versions and aliases in a store, and what else lies where they should. */
export interface Catalog {
  /** In no particular order. */
  records: ModelRecord[];
  /** In no particular order; the version that one names may have been removed. */
  aliases: ModelAlias[];
  /** Objects that are neither; they are left alone. */
  skipped: { key: string; reason: string }[];
}

/** So many objects are read at a time. */
const readAtOnce = 16;

/** Reads every record and alias of a store. */
export async function listModelRecords(store: BundleStore): Promise<Catalog> {
  const keys: string[] = [];
  for await (const { key } of store.list(root)) if (key.endsWith('/record.json') || isAliasKey(key)) keys.push(key);
  const catalog: Catalog = { records: [], aliases: [], skipped: [] };
  for (let i = 0; i < keys.length; i += readAtOnce)
    await Promise.all(keys.slice(i, i + readAtOnce).map((key) => readInto(catalog, store, key)));
  return catalog;
}

async function readInto({ records, aliases, skipped }: Catalog, store: BundleStore, key: string): Promise<void> {
  const bytes = await getIfPresent(store, key);
  if (bytes === undefined) return;
  if (isAliasKey(key)) {
    const alias = parseAlias(bytes, key);
    if (alias) aliases.push(alias);
    else skipped.push({ key, reason: `the stored object ${key} is not an alias; set it again` });
    return;
  }
  try {
    records.push(parseRecord(bytes, key));
  } catch (error) {
    skipped.push({ key, reason: error instanceof Error ? error.message : String(error) });
  }
}

function parseRecord(bytes: Uint8Array, key: string): ModelRecord {
  let record: ModelRecord;
  try {
    record = modelRecordSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (cause) {
    throw refusal(`the stored object ${key} is not a model record; remove it and register the version again`, cause);
  }
  if (recordKey(record.name, record.version) === key) return record;
  throw refusal(`the stored object ${key} is the record of ${record.name} ${record.version}; remove it`);
}
