import { ArchiveError, archiveFormats, EntryError, readEntries, type ArchiveFormat } from '#archives';
import {
  EarshotError,
  endUnpacking,
  findBatch,
  noteEntries,
  requireRoom,
  type AddOutcome,
  type Batch,
  type FileError,
  type QuotaLimits,
  type Unpacking,
} from '#jobs';
import { batchArchiveLimits } from './archive-limits.js';
import { sourceOfStored } from './stored-archive.js';
import { EntryTaker, planFor, readSmall, smallBytes, toEntryError, type UnpackParts } from './unpack-entry.js';

/** Small files that are stored at the same time. */
const atOnce = 16;

export interface UnpackArchiveParts extends UnpackParts {
  /** Of each owner; files that are unpacked together may exceed it together. */
  quotas: QuotaLimits;
}

/** The batch takes nothing more: it was canceled, or is gone. */
class StoppedError extends Error {
  override readonly name = 'StoppedError';
}

/**
 * Takes every file of a batch's archive into the batch, and removes the archive. Of an archive that is damaged, or holds too
 * much, what was unpacked stays, and the batch says why there is no more.
 *
 * Safe to repeat, also at the same moment: it goes on behind the entries that are done, and does those again that may not
 * be, of which the batch knows each by its path and bytes.
 *
 * @throws what may pass, such as StoreUnavailableError or EarshotError `job_quota_exceeded`; the abort's reason
 */
export async function unpackArchive(parts: UnpackArchiveParts, batchId: string, signal: AbortSignal): Promise<void> {
  const batch = await findBatch(parts.redis, batchId);
  if (!batch?.archive) return;
  const { key, closes } = batch.archive;
  if (batch.unpacking?.state === 'running') {
    const { state, error } = await outcomeOf(() => takeEntries(parts, batch, signal));
    await endUnpacking(parts.redis, batchId, { state, error, closes });
  }
  await parts.store.delete(key);
}

async function outcomeOf(take: () => Promise<void>): Promise<Pick<Unpacking, 'state' | 'error'>> {
  const refused = (error: FileError) => ({ state: 'refused', error }) as const;
  try {
    await take();
    return { state: 'done', error: null };
  } catch (error) {
    if (error instanceof StoppedError) return { state: 'canceled', error: null };
    if (error instanceof ArchiveError) return refused({ code: 'archive_refused', detail: error.message });
    if (error instanceof Error && error.name === 'ObjectMissingError')
      return refused({ code: 'input_missing', detail: 'The stored archive is gone; send it again.' });
    if (error instanceof EarshotError && error.code === 'storage_quota_exceeded')
      return refused({ code: error.code, detail: error.message });
    throw error;
  }
}

async function takeEntries(parts: UnpackArchiveParts, batch: Batch, signal: AbortSignal): Promise<void> {
  const { redis, store, maxUploadBytes, quotas } = parts;
  const { key, bytes, format } = batch.archive as NonNullable<Batch['archive']>;
  const taker = new EntryTaker(parts, batch, `unpacking ${batch.id}`);
  const group = new Group();
  const done = batch.unpacking?.entries ?? 0;
  // What is unpacked takes the place of the archive, which counts until then.
  const requireRoomFor = (more: number): Promise<void> => requireRoom(redis, batch.owner, more - bytes, quotas);
  const finish = async (entries: number): Promise<void> => {
    if (group.bytes > 0) await requireRoomFor(group.bytes);
    await group.run();
    await noteEntries(redis, batch.id, entries);
    signal.throwIfAborted();
  };
  // Before what is done has to be read again.
  await requireRoomFor(0);
  let place = 0;
  for await (const entry of readEntries(sourceOfStored(store, key, bytes), toFormat(format), batchArchiveLimits)) {
    place += 1;
    signal.throwIfAborted();
    if (place <= done) continue;
    const at = place;
    const plan = planFor(entry, maxUploadBytes);
    // Of two of one path, the first is the file of the batch.
    if (plan.kind !== 'skip' && group.has(plan.path)) await finish(at - 1);
    if (plan.kind === 'refuse') group.add(plan.path, 0, () => taker.refuse(plan.path, at, plan.error));
    if (plan.kind === 'take')
      try {
        if (entry.bytes <= smallBytes) {
          const content = await readSmall(entry);
          group.add(plan.path, content.length, () => taker.takeBytes(plan.path, at, content));
        } else {
          await finish(at - 1);
          await requireRoomFor(entry.bytes);
          requireTaken(await taker.takeLarge(plan.path, at, entry, signal));
        }
      } catch (error) {
        if (!(error instanceof EntryError)) throw error;
        group.add(plan.path, 0, () => taker.refuse(plan.path, at, toEntryError(error)));
      }
    if (group.size >= atOnce) await finish(at);
  }
  await finish(place);
}

/** Entries of different paths that are taken together. */
class Group {
  bytes = 0;
  private readonly waiting = new Map<string, () => Promise<AddOutcome>>();

  get size(): number {
    return this.waiting.size;
  }

  has(path: string): boolean {
    return this.waiting.has(path);
  }

  add(path: string, bytes: number, take: () => Promise<AddOutcome>): void {
    this.bytes += bytes;
    this.waiting.set(path, take);
  }

  async run(): Promise<void> {
    const takes = [...this.waiting.values()];
    this.bytes = 0;
    this.waiting.clear();
    const outcomes = await Promise.all(takes.map((take) => take()));
    outcomes.forEach(requireTaken);
  }
}

function requireTaken(outcome: AddOutcome): void {
  if (outcome === 'closed' || outcome === 'missing') throw new StoppedError();
}

function toFormat(text: string): ArchiveFormat {
  const format = archiveFormats.find((known) => known === text);
  if (format === undefined) throw new ArchiveError(`${text} is no format of an archive that is known here`);
  return format;
}
