/** Where objects are kept: a folder, or a bucket under a prefix that is empty or ends in a slash. */
export type StoreAddress = { kind: 'folder'; path: string } | { kind: 's3'; bucket: string; prefix: string };

/**
 * Reads `folder:<path>` or `s3://bucket[/prefix]`. A relative path is relative to where the process was started.
 *
 * @throws Error when the address has another form
 */
export function parseStoreAddress(address: string): StoreAddress {
  const path = /^folder:(.+)$/.exec(address)?.[1];
  if (path !== undefined) return { kind: 'folder', path };
  const [, bucket, rest] = /^s3:\/\/([a-z0-9][a-z0-9.-]+)(?:\/(.*))?$/.exec(address) ?? [];
  if (bucket === undefined) throw new Error('must be folder:<path> or s3://bucket[/prefix]');
  const prefix = (rest ?? '').replace(/\/+$/, '');
  return { kind: 's3', bucket, prefix: prefix === '' ? '' : `${prefix}/` };
}
