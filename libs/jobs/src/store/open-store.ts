import type { StoreSettings } from '../settings/store-settings.js';
import { FolderStore } from './folder-store.js';
import type { ObjectStore } from './object-store.js';
import { S3Store } from './s3-store.js';

/** The object store that the settings name. It connects when it is first asked for something. */
export function openStore({ address, s3 }: StoreSettings): ObjectStore {
  return address.kind === 'folder' ? new FolderStore(address.path) : new S3Store(address, s3);
}
