import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  PutObjectCommand,
  UploadPartCommand,
  type S3Client,
  type ServiceInputTypes,
  type ServiceOutputTypes,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { transferMs, type RequestOptions, type S3Command, type S3Connection } from './s3-connection.js';

/** So many parts of this size are the memory an upload holds, besides one that is being gathered. */
const partSize = 8 * 2 ** 20;
const queueSize = 2;
/** Milliseconds the store has to put the parts together, or to throw them away. */
const assemblyMs = 30_000;

/**
 * Puts a stream, in parts when it is longer than one; returns how many bytes it had.
 *
 * What fails first, be it the stream, the store or an abort, ends the rest and is what is thrown, after the parts have
 * been thrown away. An abort after the last byte comes too late: the upload is finished.
 */
export async function uploadStream(
  s3: S3Connection,
  target: { Bucket: string; Key: string; ContentType?: string },
  body: Readable,
  signal?: AbortSignal,
): Promise<number> {
  const ending = new AbortController();
  let bytes = 0;
  // Upload would guess the length of other streams from fields that happen to be there.
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  ending.signal.addEventListener('abort', () => counted.destroy());
  const reading = pipeline(body, counted, { ...(signal && { signal }) }).catch((error) => ending.abort(error));
  try {
    const params = { ...target, Body: counted };
    await new Upload({ client: endedBy(ending, s3), params, partSize, queueSize }).done();
  } catch (error) {
    ending.abort(error);
    throw ending.signal.reason;
  } finally {
    await reading;
  }
  return bytes;
}

/** A client for one upload: every request has its deadline, and no part goes further once the upload has ended. */
function endedBy(ending: AbortController, s3: S3Connection): S3Client {
  async function send<Input extends ServiceInputTypes, Output extends ServiceOutputTypes>(
    command: S3Command<Input, Output>,
  ): Promise<Output> {
    try {
      return await s3.send(command, toOptions(command, ending.signal));
    } catch (error) {
      ending.abort(error);
      throw error;
    }
  }
  return Object.create(s3.client, { send: { value: send } }) as S3Client;
}

function toOptions(command: object, signal: AbortSignal): RequestOptions {
  if (command instanceof UploadPartCommand) return { timeoutMs: bodyMs(command), signal };
  if (command instanceof PutObjectCommand) return { timeoutMs: bodyMs(command) };
  const assembles = command instanceof CompleteMultipartUploadCommand || command instanceof AbortMultipartUploadCommand;
  return assembles ? { timeoutMs: assemblyMs } : {};
}

function bodyMs({ input }: UploadPartCommand | PutObjectCommand): number {
  return transferMs((input.Body as Uint8Array).byteLength);
}
