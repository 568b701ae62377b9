import { SettingsError } from '#jobs';
import { createLog } from './logging/create-log.js';
import { parseApiSettings, type ApiSettings } from './settings.js';
import { startApi } from './start-api.js';

/** How long running requests are given to finish; less than the 10 s after which supervisors commonly kill. */
const stopMs = 9_000;

async function main(): Promise<void> {
  const settings = readSettings();
  const log = createLog(settings.logLevel);

  let stopping = false;
  const stop = async (why: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    log.info({ why }, 'API stopping: running requests are finished');
    const hurry = setTimeout(() => process.exit(0), stopMs);
    // A start-up that fails ends the process by itself.
    await starting.then((api) => api.close());
    clearTimeout(hurry);
    log.info('API stopped');
    process.exit(0);
  };
  const onSignal = (signal: string): void => {
    if (stopping) process.exit(1);
    void stop(signal);
  };
  // Before the start-up, so that a stop that is asked for meanwhile is not the end of a half-started process.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, onSignal);
  if (settings.followParent) process.on('disconnect', () => void stop('parent gone'));

  const starting = startApi(settings, log);
  const { url } = await starting;
  if (process.connected) process.send?.({ type: 'listening', url });
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
