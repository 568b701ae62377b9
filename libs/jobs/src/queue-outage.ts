/** What ioredis says of a connection that is not there; it has no classes for most of it. */
const outageMessages = [
  'Connection is closed',
  'Command timed out',
  'Stream isn',
  'connect ETIMEDOUT',
  'Socket closed unexpectedly',
];
const outageCodes = ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND'];
const outageSyscalls = ['connect', 'read', 'write', 'getaddrinfo'];

/** Replies of a Redis that is there and cannot serve: it loads its file, is full, is a replica, or its disk fails. */
const outageReplies = /^(LOADING|OOM|READONLY|MISCONF|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|BUSY|NOAUTH|WRONGPASS)\b/;

/** True for an error that means: Redis cannot be reached, or cannot serve now. */
export function isQueueOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === 'MaxRetriesPerRequestError') return true;
  if (error.name === 'ReplyError') return outageReplies.test(error.message);
  if (outageMessages.some((message) => error.message.startsWith(message))) return true;
  const { code = '', syscall = '' } = error as NodeJS.ErrnoException;
  return outageCodes.includes(code) && outageSyscalls.includes(syscall);
}
