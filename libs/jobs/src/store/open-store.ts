import type { StoreSettings } from '../settings/store-settings.js';
import { FolderStore } from './folder-store.js';
import type { ObjectStore } from './object-store.js';

/** The object store that the settings name. It connects when it is first asked for something. */
export async function openStore({ address, s3 }: StoreSettings): Promise<ObjectStore> {
  if (address.kind === 'folder') return new FolderStore(address.path);
  // Only now: loading the AWS SDK takes 0.2 s and 22 MiB in each process.
  const { S3Store } = await import('./s3-store.js');
  return new S3Store(address, s3);
}
