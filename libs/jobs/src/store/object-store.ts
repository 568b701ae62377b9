import type { Readable } from 'node:stream';

/** What a store knows of an object without reading it. */
export interface ObjectInfo {
  key: string;
  bytes: number;
  modifiedAt: Date;
}

export interface PutOptions {
  /** Kept where the store can keep it (S3). Default `application/octet-stream`. */
  contentType?: string;
  /** Aborting it ends the put, which then leaves nothing. After the last byte it may be too late: the put resolves. */
  signal?: AbortSignal;
  /** Default true. False, of what can be done without: a machine that dies at once may lose it, or leave it empty. */
  durable?: boolean;
}

/** Bytes `start` to `end`, both included and counted from 0; without `end` to the last. */
export interface ByteRange {
  start: number;
  end?: number;
}

export interface PresignedPut {
  bytes: number;
  contentType: string;
  /** For how long it may be used. */
  seconds: number;
}

/** What the answer under a signed address says of the bytes; both are signed with it. */
export interface PresignedGet {
  contentType: string;
  /** A `Content-Disposition`. */
  disposition: string;
  /** For how long it may be used. */
  seconds: number;
}

export interface ListOptions {
  /** Only keys that sort after this one. Default: all. */
  startAfter?: string;
  /** At most so many. Default: all. */
  limit?: number;
}

/**
 * Keys to bytes, durable. Two implementations, a folder and any S3 API, behave alike; one conformance suite says so.
 *
 * Every call may be repeated. All throw `InvalidKeyError` for a key that {@link parseObjectKey} refuses, and
 * `StoreUnavailableError` when the store does not do what it was asked.
 */
export interface ObjectStore {
  /**
   * Writes an object whole; readers see the old one or all of the new one, and of several writers one wins. Resolves
   * once it is durable, unless it need not be. A stream that fails, or an abort, leaves what was there before, and the put throws what the
   * stream failed with. When the store fails, nobody knows whether the object is there.
   */
  put(key: string, body: Uint8Array | Readable, options?: PutOptions): Promise<{ bytes: number }>;

  /**
   * Writes an object whole, unless there is one: of several writers exactly one is told true, and its bytes stay. After
   * an error, and where a reply was lost, also after false, the object may be the caller's own: read it.
   */
  create(key: string, body: Uint8Array, options?: Pick<PutOptions, 'contentType'>): Promise<boolean>;

  /**
   * Writes what is under another key now, whole, without its bytes passing through here (S3 copies up to 5 GiB so).
   * What happens to either object afterwards does not touch the other.
   *
   * @throws ObjectMissingError when there is none
   */
  copy(from: string, to: string): Promise<void>;

  /**
   * Where somebody else may put an object of exactly so many bytes and this type, until the time is over; null for a
   * store that cannot be written from elsewhere.
   */
  presignPut(key: string, put: PresignedPut): Promise<string | null>;

  /**
   * Where somebody else may get the object, if there is one, until the time is over; null for a store that others do not
   * reach, or are not said to.
   */
  presignGet(key: string, get: PresignedGet): Promise<string | null>;

  /** @throws ObjectMissingError when there is none */
  get(key: string): Promise<Buffer>;

  /**
   * The bytes as they are read; the caller reads to the end or destroys the stream.
   *
   * @throws ObjectMissingError when there is none
   */
  stream(key: string, range?: ByteRange): Promise<Readable>;

  /** Null when there is none. */
  head(key: string): Promise<ObjectInfo | null>;

  /** Every object whose key begins with `prefix`, in the order of the keys' UTF-8 bytes, read as it is asked for. */
  list(prefix: string, options?: ListOptions): AsyncIterable<ObjectInfo>;

  /** There need not be one. */
  delete(key: string): Promise<void>;

  /** Removes what puts that never ended have left from before `before`; returns how many there were. */
  deleteUnfinished(before: Date): Promise<number>;

  /** Rejects when the store cannot be written within `timeoutMs`. */
  probe(timeoutMs: number): Promise<void>;

  /** Lets go of connections. Nothing may be called afterwards. */
  close(): void;
}

/** There is no object under the key. */
export class ObjectMissingError extends Error {
  override readonly name = 'ObjectMissingError';

  constructor(
    readonly key: string,
    options: { cause?: unknown } = {},
  ) {
    super(`there is no object ${key}`, options);
  }
}

/** The store is out of reach, full, or refuses; `cause` has its own words. Passing. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
}
