import { brokenOff } from './problem.js';

/**
 * The lines of an answer as it comes, without their ends; an empty one at its end is none. Whoever stops early stops the
 * answer.
 *
 * @param mostSilenceMs after which an answer that says nothing counts as broken off
 * @throws EarshotUnreachable if it breaks off
 */
export async function* readLines(bytes: ReadableStream<Uint8Array>, mostSilenceMs?: number): AsyncGenerator<string> {
  const reader = bytes.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await readPiece(reader, mostSilenceMs);
      const lines = (rest + decoder.decode(value, { stream: !done })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) yield line.endsWith('\r') ? line.slice(0, -1) : line;
      if (done) break;
    }
    if (rest !== '') yield rest;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** The values of an answer that has JSON in each line; where its signal aborts, its reason is thrown. */
export async function* readJsonLines<T>(bytes: ReadableStream<Uint8Array>): AsyncGenerator<T> {
  for await (const line of readLines(bytes)) if (line !== '') yield JSON.parse(line) as T;
}

type Reader = ReadableStreamDefaultReader<Uint8Array>;

async function readPiece(reader: Reader, mostSilenceMs: number | undefined): ReturnType<Reader['read']> {
  const silence = () => void reader.cancel().catch(() => undefined);
  const timer = mostSilenceMs === undefined ? undefined : setTimeout(silence, mostSilenceMs);
  try {
    return await reader.read();
  } catch (cause) {
    throw cause instanceof TypeError ? brokenOff(cause) : cause;
  } finally {
    clearTimeout(timer);
  }
}
