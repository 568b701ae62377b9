/** An S3 API with path-style buckets. */
export interface Radosgw {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Ends it; returns once nothing of it is left. */
  stop(): Promise<void>;
}

export function missingRadosgwBinaries(): string[];
export function startRadosgw(): Promise<Radosgw>;
