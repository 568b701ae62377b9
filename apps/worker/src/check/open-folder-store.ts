import { openStore, type ObjectStore } from '#jobs/store';

/** An object store in a folder. */
export function openFolderStore(path: string): Promise<ObjectStore> {
  const s3 = { endpoint: undefined, region: '', pathStyle: false, checksums: 'WHEN_REQUIRED' as const };
  return openStore({ address: { kind: 'folder', path }, s3 });
}
