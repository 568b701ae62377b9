import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { withFolder } from '../with-folder.js';

const command = 'chromium';

/**
 * True when a browser can be started here. When not, says so once; with `CI=true` that is an error, so that a green run
 * never means that nothing ran in a browser.
 */
export const hasChromium = spawnSync(command, ['--version']).status === 0;

if (!hasChromium) {
  const message = 'chromium missing (Debian: apt-get install chromium); the tests in a browser are skipped';
  if (process.env['CI'] === 'true') throw new Error(message);
  process.stderr.write(`${message}\n`);
}

/** Runs `run` while a browser shows a page, and ends the browser with all its processes. */
export function withPage<T>(url: string, run: () => Promise<T>): Promise<T> {
  return withFolder(async (folder) => {
    // What runs in it is our own; a sandbox is not to be had in containers, nor by root.
    const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'];
    const args = [...flags, `--user-data-dir=${folder}`, '--remote-debugging-port=0', url];
    const browser = spawn(command, args, { stdio: 'ignore', detached: true });
    const ended = once(browser, 'exit');
    await once(browser, 'spawn');
    try {
      return await run();
    } finally {
      if (browser.exitCode === null && browser.signalCode === null) process.kill(-browser.pid!, 'SIGKILL');
      await ended;
    }
  });
}
