import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';

/**
 * A thread of every compute process that ends the process when its coordinator is gone, however it went, or when it
 * holds too much memory; also in the middle of a busy loop, where the main thread would hear of neither.
 */
const checkEveryMs = 250;
const { parentPid, memoryLimitBytes } = workerData as { parentPid: number; memoryLimitBytes: number };

setInterval(() => {
  if (process.ppid !== parentPid) process.kill(process.pid, 'SIGKILL');
  const { rss } = process.memoryUsage();
  if (rss <= memoryLimitBytes) return;
  // A thread's process.stderr goes through the main thread, which may be busy.
  writeSync(2, `compute process ${process.pid} holds ${rss} bytes, more than the ${memoryLimitBytes} it may\n`);
  process.kill(process.pid, 'SIGKILL');
}, checkEveryMs);
