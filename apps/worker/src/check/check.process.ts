/**
 * A check process: does what `earshot models check` and `add` ask for, and ends. It is the worker's, as a bundle is
 * checked by the very code that registers and serves it, and a process of its own, as damaged weights may crash the
 * engine that reads them, and memory is measured in a process that did nothing else.
 */
import { once } from 'node:events';
import { registerBundle, unpackBundle } from '#models';
import { toLoggedFailure } from '../compute/to-logged-failure.js';
import { measureModel } from './measure-model.js';
import type { CheckReply, CheckRequest } from './messages.js';
import { openFolderStore } from './open-folder-store.js';

async function* toReplies(request: CheckRequest): AsyncGenerator<CheckReply> {
  switch (request.type) {
    case 'unpack':
      await unpackBundle(request.archive, request.into);
      break;
    case 'register': {
      const start = performance.now();
      const { record } = await registerBundle(request.folder, await openFolderStore(request.store));
      yield { type: 'registered', record, milliseconds: performance.now() - start };
      break;
    }
    case 'measure':
      yield* measureModel(request);
      break;
  }
  yield { type: 'done' };
}

function send(reply: CheckReply): Promise<void> {
  return new Promise((resolve, reject) => {
    process.send?.(reply, (error: Error | null) => (error ? reject(error) : resolve()));
  });
}

// Whoever asked is gone: nobody wants the answer.
process.once('disconnect', () => process.exit(1));
try {
  const [request] = (await once(process, 'message')) as [CheckRequest];
  for await (const reply of toReplies(request)) await send(reply);
} catch (error) {
  await send({ type: 'refused', ...toLoggedFailure(error) });
}
// The reference engine of a registration would keep the process alive.
process.exit(0);
