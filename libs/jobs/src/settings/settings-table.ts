/** Who reads a setting. The command also hands its own environment on to the API and the worker. */
export type SettingReader = 'api' | 'worker' | 'cli';

export interface SettingEntry {
  readBy: readonly SettingReader[];
  /** What it is, its unit, and what happens at its limit. */
  meaning: string;
  /** What holds when it is unset or empty, as it would be written; null: nothing, and `meaning` says what that is. */
  default: string | null;
}

/**
 * Every setting. Each reader refuses `EARSHOT_` names that are not in this table, so a misspelt one is not ignored.
 * `.env.example` lists the same, and a test compares the two.
 */
export const settingsTable = {
  REDIS_URL: {
    readBy: ['api', 'worker'],
    meaning: 'Redis: redis://[user:password@]host:port[/db], rediss://... for TLS, or unix:/path/to/redis.sock',
    default: 'redis://127.0.0.1:6379',
  },
  EARSHOT_STORE: {
    readBy: ['api', 'worker'],
    meaning: 'where inputs, results, models and finished jobs are kept: folder:<path> or s3://bucket[/prefix]',
    default: 'folder:.earshot/objects',
  },
  EARSHOT_S3_ENDPOINT: {
    readBy: ['api', 'worker'],
    meaning: 'address of the S3 API, such as http://127.0.0.1:7070; without it, Amazon’s',
    default: null,
  },
  EARSHOT_S3_PUBLIC_ENDPOINT: {
    readBy: ['api', 'worker'],
    meaning:
      'address under which clients reach the S3 API: they upload to it, and are sent there for inputs and results; without it, they upload to the one above, and the API hands out the rest',
    default: null,
  },
  EARSHOT_S3_REGION: { readBy: ['api', 'worker'], meaning: 'region of the bucket', default: 'us-east-1' },
  EARSHOT_S3_PATH_STYLE: {
    readBy: ['api', 'worker'],
    meaning: 'true: the bucket is part of the path; false: of the host name',
    default: 'false',
  },
  EARSHOT_S3_CHECKSUMS: {
    readBy: ['api', 'worker'],
    meaning: 'when requests carry the newer S3 checksums: WHEN_SUPPORTED, or WHEN_REQUIRED for servers without them',
    default: 'WHEN_REQUIRED',
  },
  EARSHOT_LOG_LEVEL: {
    readBy: ['api', 'worker'],
    meaning: 'least severe line that is logged: debug, info, warn, error or silent',
    default: 'info',
  },
  EARSHOT_EGRESS_ALLOW: {
    readBy: ['api', 'worker'],
    meaning:
      'what may be connected to although it is not on the public internet, for inputs and webhooks: hosts, host:port, IP addresses and ranges such as 10.1.0.0/16, separated by commas; without it, nothing',
    default: null,
  },
  EARSHOT_SECRET: {
    readBy: ['api', 'worker'],
    meaning:
      'what secrets in Redis are encrypted with and one-time addresses signed with, the same for all processes: at least 32 characters, such as those of `openssl rand -hex 32`; without it, a random one that is kept in Redis itself',
    default: null,
  },
  EARSHOT_PARENT: {
    readBy: ['api', 'worker'],
    meaning: 'internal: ipc shuts the process down once the IPC channel to its parent closes',
    default: null,
  },
  EARSHOT_HOST: {
    readBy: ['api', 'cli'],
    meaning: 'address the API listens on; without API keys (EARSHOT_AUTH) only localhost, 127.0.0.1 or ::1',
    default: '127.0.0.1',
  },
  EARSHOT_PORT: { readBy: ['api', 'cli'], meaning: 'port the API listens on; 0 takes any free one', default: '3000' },
  EARSHOT_AUTH: {
    readBy: ['api'],
    meaning: 'who is answered: none (programs on this machine, without a key) or keys (whoever has an API key)',
    default: 'none',
  },
  EARSHOT_ADMIN_KEY: {
    readBy: ['api'],
    meaning:
      'an API key with every scope, of the owner admin, with which the first keys are made: 32 to 200 letters, digits or - . _ ~ + / =, such as those of `openssl rand -hex 32`; without it, only stored keys are known',
    default: null,
  },
  EARSHOT_RATE_LIMIT: {
    readBy: ['api'],
    meaning:
      'requests an owner may send in so many seconds, such as 2000/10, more being answered with 429; off for no limit; without it, 2000/10 with API keys and off without',
    default: null,
  },
  EARSHOT_QUOTA_JOBS: {
    readBy: ['api', 'worker'],
    meaning: 'unfinished jobs an owner may have, more being refused with 429; without it, any number',
    default: null,
  },
  EARSHOT_QUOTA_BYTES: {
    readBy: ['api', 'worker'],
    meaning:
      'bytes of inputs and results an owner may have stored, more being refused with 507; without it, any number',
    default: null,
  },
  EARSHOT_MAX_UPLOAD_BYTES: {
    readBy: ['api', 'worker'],
    meaning: 'bytes of the largest input that is taken; a larger one is refused with 413, or fails its job',
    default: '536870912',
  },
  EARSHOT_MAX_ARCHIVE_BYTES: {
    readBy: ['api'],
    meaning:
      'bytes of the largest archive, or form with files, that a batch is opened with; a larger one is refused with 413',
    default: '4294967296',
  },
  EARSHOT_BATCH_IDLE_SECONDS: {
    readBy: ['api'],
    meaning: 'seconds after which a batch closes by itself to which no file comes any more',
    default: '86400',
  },
  EARSHOT_UPLOAD_IDLE_SECONDS: {
    readBy: ['api'],
    meaning: 'seconds an upload may stand still before it is ended with 408',
    default: '30',
  },
  EARSHOT_JOB_TIMEOUT_SECONDS: {
    readBy: ['api'],
    meaning: 'seconds a job may run, once begun: the default and the most that a caller may ask for',
    default: '300',
  },
  EARSHOT_LEGACY_ROUTES: {
    readBy: ['api'],
    meaning:
      'routes of the servers it replaces that are answered, without an API key, each with its model and, if keys are asked for (EARSHOT_AUTH), the owner it acts for, such as index,inference=fan-fault,predict=keyword@1.0.0:acme,predictlabel=digits,v1=characters, separated by commas; without it, none',
    default: null,
  },
  EARSHOT_MODELS: {
    readBy: ['worker', 'cli'],
    meaning: 'folders of model bundles that a starting worker registers, separated by colons; without it, none',
    default: null,
  },
  EARSHOT_QUEUES: {
    readBy: ['worker'],
    meaning: 'labels of the queues that the worker takes jobs from, separated by commas',
    default: 'cpu',
  },
  EARSHOT_ROLES: {
    readBy: ['worker'],
    meaning:
      'what the worker does: infer (run jobs), notify (archive finished ones and tell webhooks, unpack archives), or both, separated by a comma; earshot up starts a worker for each',
    default: 'infer,notify',
  },
  EARSHOT_ENGINE: {
    readBy: ['worker', 'cli'],
    meaning:
      'what runs networks: onnxruntime, onnxruntime-webgpu, onnxruntime-cuda, tfjs-wasm or tfjs-node; a worker ends at once if it cannot',
    default: 'onnxruntime',
  },
  EARSHOT_COMPUTE_PROCESSES: {
    readBy: ['worker'],
    meaning: 'processes that compute; without it, one per core',
    default: null,
  },
  EARSHOT_COMPUTE_MEMORY_MIB: {
    readBy: ['worker'],
    meaning: 'MiB of memory a compute process may hold; one that holds more is replaced',
    default: '2048',
  },
  EARSHOT_MODEL_MEMORY_MIB: {
    readBy: ['worker'],
    meaning:
      'MiB that the models in memory may take in each compute process; the one unused for the longest goes first',
    default: '1024',
  },
  EARSHOT_LOCK_SECONDS: {
    readBy: ['worker'],
    meaning: 'seconds after which the jobs of a worker that fell silent are given to another',
    default: '10',
  },
  EARSHOT_SWEEP_AGE_SECONDS: {
    readBy: ['worker'],
    meaning: 'seconds after which a stored object that no job names is removed',
    default: '3600',
  },
  EARSHOT_URL: {
    readBy: ['cli'],
    meaning: 'address of the API that the command talks to',
    default: 'http://127.0.0.1:3000',
  },
  EARSHOT_API_KEY: {
    readBy: ['cli'],
    meaning: 'API key that the command sends; without it, none',
    default: null,
  },
} as const satisfies Record<string, SettingEntry>;

export type SettingName = keyof typeof settingsTable;

/** The names that one reader takes. */
export function settingsReadBy(reader: SettingReader): SettingName[] {
  return Object.entries<SettingEntry>(settingsTable)
    .filter(([, entry]) => entry.readBy.includes(reader))
    .map(([name]) => name as SettingName);
}
