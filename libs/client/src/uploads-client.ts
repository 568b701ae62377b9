import type { Bytes } from './bytes.js';
import type { Connection, RequestOptions } from './connection.js';
import type { OpenedUpload, operations } from './description.js';

/** How many bytes are to be uploaded, and of which type. */
export type UploadRequest = operations['openUpload']['requestBody']['content']['application/json'];

/** Inputs that are uploaded before their job is submitted. */
export class UploadsClient {
  constructor(private readonly connection: Connection) {}

  /** Hands out an address that takes so many bytes, within 15 minutes, without a key. */
  open(body: UploadRequest, options: RequestOptions = {}): Promise<OpenedUpload> {
    return this.connection.call((api, sending) => api.POST('/uploads', { body, ...sending }), {
      ...options,
      isHarmless: true,
    });
  }

  /** Uploads to an address that was handed out, of this Earshot or of its object store. */
  async put({ url, method, headers }: OpenedUpload, bytes: Bytes, options?: RequestOptions): Promise<void> {
    await this.connection.sendElsewhere(url, { method, headers, body: bytes }, options);
  }

  /** Uploads bytes; returns the id that a job names them by. */
  async upload(bytes: Blob | ArrayBuffer | Uint8Array, options?: RequestOptions): Promise<string> {
    const size = bytes instanceof Blob ? bytes.size : bytes.byteLength;
    const contentType = (bytes instanceof Blob && bytes.type) || 'application/octet-stream';
    const opened = await this.open({ bytes: size, contentType }, options);
    await this.put(opened, bytes, options);
    return opened.id;
  }
}
