import { spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline/promises';
import { runStep } from './run-step.mjs';
import { SetUpError } from './set-up-error.mjs';

const aptInstall = 'apt-get update; apt-get install -y --no-install-recommends redis-server';
const byHand =
  'redis-server is missing: install it (Debian, Ubuntu: sudo apt-get install redis-server; macOS: brew install redis)';

/**
 * Installs redis-server by apt or brew where it is missing. A person at the terminal is asked first; without one it is
 * installed if that takes no password.
 *
 * @throws SetUpError that says what to install, if it may not be installed from here
 */
export async function installRedisServer(root) {
  if (succeeds('redis-server', '--version')) return;
  const interactive = Boolean(process.stdin.isTTY && process.stderr.isTTY) && !process.env.CI;
  const installation = findInstallation(interactive);
  if (!installation) throw new SetUpError(byHand);
  if (interactive && !(await agreesTo(installation))) throw new SetUpError(byHand);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await runStep('Installing redis-server', installation, { cwd: root, env });
}

/** The command that installs redis-server with the rights at hand, or undefined. */
function findInstallation(interactive) {
  if (succeeds('brew', '--version')) return ['brew', 'install', 'redis'];
  if (!succeeds('apt-get', '--version')) return undefined;
  if (process.getuid?.() === 0) return ['sh', '-c', aptInstall];
  if (succeeds('sudo', '-n', 'true')) return ['sudo', '-n', 'sh', '-c', aptInstall];
  if (interactive && succeeds('sudo', '--version')) return ['sudo', 'sh', '-c', aptInstall];
  return undefined;
}

async function agreesTo([command]) {
  const question = createInterface({ input: process.stdin, output: process.stderr });
  const means = { brew: 'brew', sh: 'apt-get', sudo: 'sudo apt-get' }[command];
  const answer = await question.question(`redis-server is missing. Install it with ${means}? [Y/n] `);
  question.close();
  if (!/^(y(es)?)?$/i.test(answer.trim())) return false;
  // Asked for here, where the terminal is free, so that the password prompt is not lost behind the progress line.
  return command !== 'sudo' || spawnSync('sudo', ['-v'], { stdio: 'inherit' }).status === 0;
}

function succeeds(command, ...args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}
