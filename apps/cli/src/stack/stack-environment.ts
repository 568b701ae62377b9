/** Where the tests find their references. The API and the worker refuse `EARSHOT_` names that are no settings. */
const notForServices = ['EARSHOT_DATA'];

export interface StackDefaults {
  readonly redisUrl: string;
  /** A folder for the objects. */
  readonly objects: string;
  /** The folder of the models that come with Earshot; registered before those of `EARSHOT_MODELS`. */
  readonly builtInModels: string;
}

/**
 * The environment of the API and the worker: the caller's own settings, with the embedded defaults where they say
 * nothing.
 */
export function stackEnvironment(caller: NodeJS.ProcessEnv, defaults: StackDefaults): NodeJS.ProcessEnv {
  const own = Object.entries(caller).filter(([name, value]) => !notForServices.includes(name) && value !== '');
  return {
    REDIS_URL: defaults.redisUrl,
    EARSHOT_STORE: `folder:${defaults.objects}`,
    ...Object.fromEntries(own),
    EARSHOT_MODELS: [defaults.builtInModels, caller['EARSHOT_MODELS'] ?? '']
      .filter((folder) => folder !== '')
      .join(':'),
    EARSHOT_PARENT: 'ipc',
  };
}

/**
 * The caller's environment without its Earshot settings: what runs under it is the same for everybody, and has nothing
 * to do with what the caller runs.
 */
export function withoutSettings(caller: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const isSetting = (name: string): boolean => name === 'REDIS_URL' || name.startsWith('EARSHOT_');
  return Object.fromEntries(Object.entries(caller).filter(([name]) => !isSetting(name)));
}
