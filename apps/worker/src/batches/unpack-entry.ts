import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { ArchiveError, isLitter, type EntryError, safeParts, shownPath, type ReadableEntry } from '#archives';
import {
  EarshotError,
  inputKey,
  judgeInput,
  newJobId,
  refuseFile,
  signatureBytes,
  StagedUpload,
  takeFile,
  toBatchPath,
  toShownBatchPath,
  type AddOutcome,
  type Batch,
  type FileError,
  type MeasuredInput,
  type ObjectStore,
} from '#jobs';
import type { Redis } from 'ioredis';

export interface UnpackParts {
  redis: Redis;
  store: ObjectStore;
  /** Of one file. */
  maxUploadBytes: number;
}

/** What is to be done with an entry: nothing, or take it, or say of it why not. */
export type Plan =
  { kind: 'skip' } | { kind: 'take'; path: string } | { kind: 'refuse'; path: string; error: FileError };

/** Where in its batch an entry belongs, by what the archive says of it. */
export function planFor(entry: ReadableEntry, maxUploadBytes: number): Plan {
  const { path, kind, bytes, fault } = entry;
  const refuse = (detail: string, code: FileError['code'] = 'archive_entry_refused'): Plan => ({
    ...{ kind: 'refuse', path: toShownBatchPath(path) },
    error: { code, detail },
  });
  if (isLitter(path.split('/'))) return { kind: 'skip' };
  try {
    const parts = safeParts(path, kind);
    if (fault !== null) return refuse(fault);
    if (kind === 'folder') return { kind: 'skip' };
    if (bytes > maxUploadBytes)
      return refuse(
        `It has ${bytes} bytes; at most ${maxUploadBytes} are taken (EARSHOT_MAX_UPLOAD_BYTES).`,
        'input_too_large',
      );
    const safe = toBatchPath(parts.join('/'));
    if (safe !== null) return { kind: 'take', path: safe };
    return refuse(`the archive's entry ${shownPath(path)} has a path that is too long; shorten it, and pack again`);
  } catch (error) {
    if (error instanceof ArchiveError) return refuse(error.message);
    throw error;
  }
}

/** Files that are no larger are unpacked into memory, some at a time, to be stored together. */
export const smallBytes = 256 * 1024;

/** @throws EntryError, ArchiveError */
export async function readSmall(entry: ReadableEntry): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of entry.pieces()) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Takes entries of one batch's archive. Safe to repeat: an entry that is there is known by its path and its bytes. */
export class EntryTaker {
  constructor(
    private readonly parts: UnpackParts,
    private readonly batch: Batch,
    private readonly requestId: string,
  ) {}

  /** @param place of the entry in its archive, from 1 */
  async takeBytes(path: string, place: number, bytes: Buffer): Promise<AddOutcome> {
    const jobId = newJobId();
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const input = { bytes: bytes.length, sha256, head: bytes.subarray(0, signatureBytes) };
    await this.parts.store.put(inputKey(this.batch.owner, jobId), bytes);
    return this.take(path, place, jobId, input);
  }

  /**
   * The same for a file of any size, which passes through.
   *
   * @throws EntryError, ArchiveError; the abort's reason
   */
  async takeLarge(path: string, place: number, entry: ReadableEntry, signal: AbortSignal): Promise<AddOutcome> {
    const jobId = newJobId();
    const staged = new StagedUpload(this.parts.store, inputKey(this.batch.owner, jobId));
    const body = Readable.from(entry.pieces(), { objectMode: false });
    try {
      const input = await staged.receive(body, { maxBytes: this.parts.maxUploadBytes, signal });
      return await this.take(path, place, jobId, input);
    } catch (error) {
      await staged.discard().catch(() => undefined);
      signal.throwIfAborted();
      // What reading the archive failed with has passed through the receiving.
      const isOfArchive = error instanceof EarshotError && error.code === 'upload_interrupted';
      throw isOfArchive && error.cause !== undefined ? error.cause : error;
    } finally {
      body.destroy();
    }
  }

  async refuse(path: string, place: number, error: FileError): Promise<AddOutcome> {
    const { redis } = this.parts;
    return refuseFile(redis, this.batch, { path, place, error, requestId: this.requestId }, { unpacks: true });
  }

  private async take(path: string, place: number, jobId: string, input: MeasuredInput): Promise<AddOutcome> {
    const { contentType, error } = judgeInput(input, this.batch.kind);
    const { sha256, bytes } = input;
    const file = { jobId, sha256, bytes, contentType, requestId: this.requestId, ...(error && { error }) };
    const { outcome } = await takeFile(this.parts.redis, this.batch, path, file, { unpacks: true });
    if (outcome !== 'added' || contentType === null) await this.parts.store.delete(inputKey(this.batch.owner, jobId));
    if (outcome !== 'other') return outcome;
    return this.refuse(path, place, {
      code: 'batch_file_differs',
      detail: 'The batch has other bytes under this path.',
    });
  }
}

/** What is said of one damaged entry. */
export function toEntryError(error: EntryError): FileError {
  return { code: 'archive_entry_refused', detail: error.message };
}
