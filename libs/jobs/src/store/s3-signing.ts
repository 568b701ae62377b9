import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { StoreSettings } from '../settings/store-settings.js';
import type { PresignedGet, PresignedPut } from './object-store.js';
import { unavailable } from './unavailable.js';

interface Target {
  Bucket: string;
  Key: string;
}

/** Signs addresses under which others may put or get one object each; asks the S3 API for nothing. */
export class S3Signing {
  private readonly client: S3Client;

  constructor({ endpoint, publicEndpoint = endpoint, region, pathStyle }: StoreSettings['s3']) {
    this.client = new S3Client({
      ...(publicEndpoint !== undefined && { endpoint: publicEndpoint }),
      region,
      forcePathStyle: pathStyle,
      // Else the checksum of no bytes at all would be signed with it.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
  }

  put(target: Target, { bytes, contentType, seconds }: PresignedPut): Promise<string> {
    const command = new PutObjectCommand({ ...target, ContentLength: bytes, ContentType: contentType });
    const signableHeaders = new Set(['host', 'content-length', 'content-type']);
    return this.sign(target, () => getSignedUrl(this.client, command, { expiresIn: seconds, signableHeaders }));
  }

  get(target: Target, { contentType, disposition, seconds }: PresignedGet): Promise<string> {
    const answer = { ResponseContentType: contentType, ResponseContentDisposition: disposition };
    const command = new GetObjectCommand({ ...target, ...answer, ResponseCacheControl: 'no-store' });
    return this.sign(target, () => getSignedUrl(this.client, command, { expiresIn: seconds }));
  }

  close(): void {
    this.client.destroy();
  }

  private async sign({ Bucket }: Target, signing: () => Promise<string>): Promise<string> {
    try {
      return await signing();
    } catch (error) {
      // There are no credentials, say.
      throw unavailable(`the store s3://${Bucket}`, error);
    }
  }
}
