import { expect, it } from '@jest/globals';
import { followEvents, type FollowOptions } from './follow.js';

const encoder = new TextEncoder();
const running = 'id: 1\nevent: status\nretry: 1\ndata: {"status":"running"}\n\n';
const finished = 'id: 2\nevent: finished\ndata: {"id":"job_1"}\n\n';

/** A server that says these, one at each opening, and then stays silent, or says nothing more. */
function streamsOf(...texts: (string | null)[]) {
  const opened: { lastId: string | undefined; isGivenUp: boolean }[] = [];
  const open = (header: { 'Last-Event-ID'?: string }) => {
    const stream = { lastId: header['Last-Event-ID'], isGivenUp: false };
    const text = texts[opened.push(stream) - 1] ?? null;
    const data = new ReadableStream<Uint8Array>({
      start: (controller) => text !== null && controller.enqueue(encoder.encode(text)),
      cancel: () => void (stream.isGivenUp = true),
    });
    return Promise.resolve({ data, response: new Response(null, { status: text === null ? 204 : 200 }) });
  };
  return { opened, open };
}

async function typesOf({ open }: ReturnType<typeof streamsOf>, options: FollowOptions): Promise<string[]> {
  const types: string[] = [];
  for await (const { type } of followEvents(open, options, undefined)) types.push(type);
  return types;
}

it('a stream that goes silent is given up, and taken up again behind what was met', async () => {
  const streams = streamsOf(running, finished);
  expect(await typesOf(streams, { silenceMs: 20 })).toEqual(['status', 'finished']);
  expect(streams.opened).toEqual([
    { lastId: undefined, isGivenUp: true },
    { lastId: '1', isGivenUp: true },
  ]);
});

it('half an event is not met, and asked for again', async () => {
  const streams = streamsOf(running + finished.slice(0, -5), null);
  expect(await typesOf(streams, { silenceMs: 20, lastEventId: '0' })).toEqual(['status']);
  expect(streams.opened.map(({ lastId }) => lastId)).toEqual(['0', '1']);
});
