import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type ListMultipartUploadsCommandOutput,
  type ListObjectsV2CommandOutput,
  type MultipartUpload,
} from '@aws-sdk/client-s3';
import type { StoreAddress } from '../settings/store-address.js';
import type { StoreSettings } from '../settings/store-settings.js';
import { parseByteRange } from './byte-range.js';
import { isObjectKey, parseObjectKey } from './object-key.js';
import {
  ObjectMissingError,
  type ByteRange,
  type ListOptions,
  type ObjectInfo,
  type ObjectStore,
  type PresignedGet,
  type PresignedPut,
  type PutOptions,
} from './object-store.js';
import { reporting } from './reporting.js';
import { isNamed, S3Connection, transferMs } from './s3-connection.js';
import { S3Signing } from './s3-signing.js';
import { uploadStream } from './s3-upload.js';

/** The most that S3 lists at a time. */
const pageKeys = 1000;
/** Written again and again by probes. Not an object's key, as it ends in a slash, and so never listed. */
const probeName = 'probe/';

/** Objects in a bucket of an S3 API, all below one prefix. */
export class S3Store implements ObjectStore {
  private readonly s3: S3Connection;
  private readonly signing: S3Signing;
  private readonly isPublic: boolean;
  private readonly prefix: string;

  constructor(address: Extract<StoreAddress, { kind: 's3' }>, settings: StoreSettings['s3']) {
    this.s3 = new S3Connection(address.bucket, settings);
    this.signing = new S3Signing(settings);
    this.isPublic = settings.publicEndpoint !== undefined;
    this.prefix = address.prefix;
  }

  async put(key: string, body: Uint8Array | Readable, options: PutOptions = {}): Promise<{ bytes: number }> {
    const { contentType: ContentType = 'application/octet-stream', signal } = options;
    const target = { ...this.at(key), ContentType };
    if (body instanceof Readable) return { bytes: await uploadStream(this.s3, target, body, signal) };
    signal?.throwIfAborted();
    const { byteLength: bytes } = body;
    await this.s3.send(new PutObjectCommand({ ...target, Body: body }), { timeoutMs: transferMs(bytes) });
    return { bytes };
  }

  async create(key: string, body: Uint8Array, { contentType }: { contentType?: string } = {}): Promise<boolean> {
    const expected = ['PreconditionFailed'];
    const target = { ...this.at(key), ContentType: contentType ?? 'application/octet-stream' };
    const command = new PutObjectCommand({ ...target, Body: body, IfNoneMatch: '*' });
    try {
      await this.s3.send(command, { expected, timeoutMs: transferMs(body.byteLength) });
      return true;
    } catch (error) {
      if (isNamed(error, expected)) return false;
      throw error;
    }
  }

  async copy(from: string, to: string): Promise<void> {
    const { Bucket, Key } = this.at(from);
    const CopySource = [Bucket, ...Key.split('/')].map(encodeURIComponent).join('/');
    const expected = ['NoSuchKey'];
    const info = await this.head(from);
    if (info === null) throw new ObjectMissingError(from);
    try {
      const command = new CopyObjectCommand({ ...this.at(to), CopySource });
      await this.s3.send(command, { expected, timeoutMs: transferMs(info.bytes) });
    } catch (error) {
      throw isNamed(error, expected) ? new ObjectMissingError(from, { cause: error }) : error;
    }
  }

  presignPut(key: string, put: PresignedPut): Promise<string> {
    return this.signing.put(this.at(key), put);
  }

  async presignGet(key: string, get: PresignedGet): Promise<string | null> {
    return this.isPublic ? this.signing.get(this.at(key), get) : null;
  }

  async get(key: string): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of await this.stream(key)) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  }

  async stream(key: string, range?: ByteRange): Promise<Readable> {
    const command = new GetObjectCommand({ ...this.at(key), ...(range && { Range: toRangeHeader(range) }) });
    try {
      const { Body } = await this.s3.send(command, { expected: ['NoSuchKey', 'InvalidRange'] });
      return reporting(Body as Readable, (error) => this.s3.unavailable(error));
    } catch (error) {
      if (isNamed(error, ['InvalidRange'])) return Readable.from([]); // It begins after the last byte.
      throw isNamed(error, ['NoSuchKey']) ? new ObjectMissingError(key, { cause: error }) : error;
    }
  }

  async head(key: string): Promise<ObjectInfo | null> {
    const expected = ['NotFound'];
    try {
      const info = await this.s3.send(new HeadObjectCommand(this.at(key)), { expected });
      return { key, bytes: info.ContentLength ?? 0, modifiedAt: info.LastModified ?? new Date(0) };
    } catch (error) {
      if (isNamed(error, expected)) return null;
      throw error;
    }
  }

  async *list(prefix: string, options: ListOptions = {}): AsyncIterable<ObjectInfo> {
    let { startAfter = '', limit: left = Infinity } = options;
    while (left > 0) {
      const { Contents: objects = [], IsTruncated } = await this.page(prefix, startAfter, Math.min(left, pageKeys));
      for (const { Key = '', Size: bytes = 0, LastModified: modifiedAt = new Date(0) } of objects) {
        startAfter = Key.slice(this.prefix.length);
        if (!isObjectKey(startAfter)) continue;
        left -= 1;
        yield { key: startAfter, bytes, modifiedAt };
      }
      if (!IsTruncated || objects.length === 0) return;
    }
  }

  async delete(key: string): Promise<void> {
    await this.s3.send(new DeleteObjectCommand(this.at(key)));
  }

  async deleteUnfinished(before: Date): Promise<number> {
    const expected = ['NoSuchUpload'];
    let removed = 0;
    for await (const { Key, UploadId, Initiated } of this.uploads()) {
      if (Initiated === undefined || Initiated >= before) continue;
      try {
        await this.s3.send(new AbortMultipartUploadCommand({ Bucket: this.s3.bucket, Key, UploadId }), { expected });
        removed += 1;
      } catch (error) {
        if (!isNamed(error, expected)) throw error; // Another has ended it meanwhile.
      }
    }
    return removed;
  }

  async probe(timeoutMs: number): Promise<void> {
    const probe = { Bucket: this.s3.bucket, Key: this.prefix + probeName, Body: new Uint8Array() };
    await this.s3.send(new PutObjectCommand(probe), { timeoutMs });
  }

  close(): void {
    this.s3.client.destroy();
    this.signing.close();
  }

  private at(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.s3.bucket, Key: this.prefix + parseObjectKey(key).join('/') };
  }

  private page(prefix: string, startAfter: string, keys: number): Promise<ListObjectsV2CommandOutput> {
    const range = { Bucket: this.s3.bucket, Prefix: this.prefix + prefix, MaxKeys: keys };
    const after = startAfter === '' ? {} : { StartAfter: this.prefix + startAfter };
    return this.s3.send(new ListObjectsV2Command({ ...range, ...after }));
  }

  private async *uploads(): AsyncGenerator<MultipartUpload> {
    let from: { KeyMarker?: string; UploadIdMarker?: string } | null = {};
    while (from !== null) {
      const command = new ListMultipartUploadsCommand({ Bucket: this.s3.bucket, Prefix: this.prefix, ...from });
      const page: ListMultipartUploadsCommandOutput = await this.s3.send(command);
      yield* page.Uploads ?? [];
      from = page.IsTruncated ? { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker } : null;
    }
  }
}

function toRangeHeader(range: ByteRange): string {
  const { start, end = '' } = parseByteRange(range);
  return `bytes=${start}-${end}`;
}
