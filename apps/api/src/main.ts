import { SettingsError } from '#jobs';
import { createLog } from './logging/create-log.js';
import { parseApiSettings, type ApiSettings } from './settings.js';
import { startApi } from './start-api.js';

/** How long running requests are given to finish; less than the 10 s after which supervisors commonly kill. */
const stopMs = 9_000;

async function main(): Promise<void> {
  const settings = readSettings();
  const log = createLog(settings.logLevel);
  const api = await startApi(settings, log);

  let stopping = false;
  const stop = async (why: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    log.info({ why }, 'API stopping: running requests are finished');
    const hurry = setTimeout(() => process.exit(0), stopMs);
    await api.close();
    clearTimeout(hurry);
    log.info('API stopped');
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(signal));
  if (settings.followParent) process.on('disconnect', () => void stop('parent gone'));

  process.send?.({ type: 'listening', url: api.url });
}

function readSettings(): ApiSettings {
  try {
    return parseApiSettings(process.env);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    for (const fault of error.faults) console.error(`earshot api: ${fault}`);
    process.exit(1);
  }
}

await main().catch((error: unknown) => {
  console.error(`earshot api: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});
