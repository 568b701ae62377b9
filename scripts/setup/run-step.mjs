import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { clearInterval, setInterval } from 'node:timers';
import { SetUpError } from './set-up-error.mjs';

const shownLines = 25;

/**
 * Runs one command of the set-up behind a single line with the elapsed seconds, rewritten in place on a terminal.
 *
 * @throws SetUpError with the last lines the command printed, if it fails
 */
export async function runStep(title, [command, ...args], { cwd, env = process.env }) {
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (output = (output + text).slice(-20_000)));
  const done = showElapsed(title);
  try {
    const [code, signal] = await once(child, 'close');
    if (code === 0) return;
    const tail = output.trimEnd().split('\n').slice(-shownLines).join('\n');
    throw new SetUpError(
      `${tail}\n\n${title}: \`${[command, ...args].join(' ')}\` failed (${signal ?? `exit ${code}`})`,
    );
  } catch (error) {
    if (error.code === 'ENOENT')
      throw new SetUpError(`${title}: there is no \`${command}\` in the PATH`, { cause: error });
    throw error;
  } finally {
    done();
  }
}

/** Shows that a step is under way, once that takes a second; the returned function ends its line. */
function showElapsed(title) {
  const startedAt = Date.now();
  const { stderr } = process;
  const [lineStart, lineEnd] = stderr.isTTY ? ['\r', ''] : ['', '\n'];
  const elapsed = () => `${lineStart}${title} ... ${Math.round((Date.now() - startedAt) / 1000)} s${lineEnd}`;
  let shown = 0;
  const timer = setInterval(() => {
    if (stderr.isTTY || shown === 0) stderr.write(elapsed());
    shown += 1;
  }, 1000);
  return () => {
    clearInterval(timer);
    if (shown > 0) stderr.write(`${elapsed()}${stderr.isTTY ? '\n' : ''}`);
  };
}
