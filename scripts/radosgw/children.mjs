import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';

/** Processes that the kernel kills when this one dies, whatever it dies of. */
export class Children {
  #log;
  #running = new Map();

  /** @param path of the file that gets what they print */
  constructor(path) {
    this.#log = openSync(path, 'a');
  }

  /** Starts one; the promise is fulfilled with its exit code when it ends. */
  start(command, ...args) {
    const stdio = ['ignore', this.#log, this.#log];
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', command, ...args], { stdio });
    const ended = once(child, 'exit').then(([code]) => code);
    this.#running.set(child, ended);
    return ended;
  }

  /** @throws Error unless it ends with 0 */
  async run(command, ...args) {
    const code = await this.start(command, ...args);
    if (code !== 0) throw new Error(`${command} failed`);
  }

  /** Returns once none is left. */
  async kill() {
    for (const child of this.#running.keys()) child.kill('SIGKILL');
    await Promise.allSettled(this.#running.values());
  }
}
