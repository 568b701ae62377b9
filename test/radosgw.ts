import { randomUUID } from 'node:crypto';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { missingRadosgwBinaries, startRadosgw, type Radosgw } from '../scripts/radosgw.mjs';

const missing = missingRadosgwBinaries();

/**
 * True when a real S3 server can be started here. When not, says so once, by name; with `CI=true` that is an error, so
 * that a green run never means that no S3 API was asked.
 */
export const hasRadosgw = missing.length === 0;

if (!hasRadosgw) {
  const message = `${missing.join(', ')} missing (Debian: apt-get install radosgw ceph-mon ceph-osd); the tests that need an S3 API are skipped`;
  if (process.env['CI'] === 'true') throw new Error(message);
  process.stderr.write(`${message}\n`);
}

/** A real S3 API of the test's own. */
export class TestS3 {
  private constructor(private readonly server: Radosgw) {}

  static async start(): Promise<TestS3> {
    return new TestS3(await startRadosgw());
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  /** What a process needs in its environment to keep its objects in a new, empty bucket. */
  async newBucket(): Promise<Record<string, string>> {
    const { endpoint, region } = this.server;
    const bucket = `test-${randomUUID()}`;
    const client = new S3Client({ endpoint, region, forcePathStyle: true, credentials: this.server });
    try {
      await client.send(new CreateBucketCommand({ Bucket: bucket }));
    } finally {
      client.destroy();
    }
    return {
      EARSHOT_STORE: `s3://${bucket}`,
      EARSHOT_S3_ENDPOINT: endpoint,
      EARSHOT_S3_REGION: region,
      EARSHOT_S3_PATH_STYLE: 'true',
      AWS_ACCESS_KEY_ID: this.server.accessKeyId,
      AWS_SECRET_ACCESS_KEY: this.server.secretAccessKey,
    };
  }
}

/** Runs `run` with an S3 server that is gone afterwards. */
export async function withRadosgw<T>(run: (s3: TestS3) => Promise<T>): Promise<T> {
  const s3 = await TestS3.start();
  try {
    return await run(s3);
  } finally {
    await s3.stop();
  }
}
