import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { StoreSettings } from '../settings/store-settings.js';
import type { PresignedPut } from './object-store.js';
import { unavailable } from './unavailable.js';

/** Signs addresses under which others may put one object each; asks the S3 API for nothing. */
export class PutSigning {
  private readonly client: S3Client;

  constructor({ endpoint, publicEndpoint = endpoint, region, pathStyle }: StoreSettings['s3']) {
    this.client = new S3Client({
      ...(publicEndpoint !== undefined && { endpoint: publicEndpoint }),
      region,
      forcePathStyle: pathStyle,
      // Else the checksum of no bytes at all would be signed with it.
      requestChecksumCalculation: 'WHEN_REQUIRED',
    });
  }

  async presign(
    target: { Bucket: string; Key: string },
    { bytes, contentType, seconds }: PresignedPut,
  ): Promise<string> {
    const command = new PutObjectCommand({ ...target, ContentLength: bytes, ContentType: contentType });
    const signableHeaders = new Set(['host', 'content-length', 'content-type']);
    try {
      return await getSignedUrl(this.client, command, { expiresIn: seconds, signableHeaders });
    } catch (error) {
      // There are no credentials, say.
      throw unavailable(`the store s3://${target.Bucket}`, error);
    }
  }

  close(): void {
    this.client.destroy();
  }
}
