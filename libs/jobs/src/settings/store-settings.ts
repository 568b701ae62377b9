import { httpAddress, oneOf, storeAddress, trueOrFalse } from './setting-schemas.js';
import { z } from 'zod';
import type { StoreAddress } from './store-address.js';

/** Where the object store is and how to talk to it; plain data, so that it can be sent to another process. */
export interface StoreSettings {
  address: StoreAddress;
  /** Of an S3 API; without meaning for a folder. Credentials come from the SDK's own chain. */
  s3: {
    endpoint: string | undefined;
    /** Where others reach it, who are handed signed addresses; undefined: where it is reached from here. */
    publicEndpoint?: string | undefined;
    region: string;
    pathStyle: boolean;
    checksums: 'WHEN_REQUIRED' | 'WHEN_SUPPORTED';
  };
}

/** The schemas of the settings that say where the object store is. */
export const storeSettingSchemas = {
  EARSHOT_STORE: storeAddress,
  EARSHOT_S3_ENDPOINT: httpAddress.optional(),
  EARSHOT_S3_PUBLIC_ENDPOINT: httpAddress.optional(),
  EARSHOT_S3_REGION: z.string(),
  EARSHOT_S3_PATH_STYLE: trueOrFalse,
  EARSHOT_S3_CHECKSUMS: oneOf(['WHEN_REQUIRED', 'WHEN_SUPPORTED']),
};

type StoreValues = { [Name in keyof typeof storeSettingSchemas]: z.output<(typeof storeSettingSchemas)[Name]> };

/** What was read with {@link storeSettingSchemas}, under the names that the code uses. */
export function toStoreSettings(values: StoreValues): StoreSettings {
  return {
    address: values.EARSHOT_STORE,
    s3: {
      endpoint: values.EARSHOT_S3_ENDPOINT,
      publicEndpoint: values.EARSHOT_S3_PUBLIC_ENDPOINT,
      region: values.EARSHOT_S3_REGION,
      pathStyle: values.EARSHOT_S3_PATH_STYLE,
      checksums: values.EARSHOT_S3_CHECKSUMS,
    },
  };
}
