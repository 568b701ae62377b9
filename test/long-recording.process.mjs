/**
 * Hears a made recording of so many minutes, 44.1 kHz, stereo, 16 bits, in windows, and prints what that took as JSON.
 * A process of its own, so that its peak memory is that of one recording. The bytes are made as they are asked for.
 *
 * node long-recording.process.mjs <bundle folder> <store folder> <minutes>
 */
import { performance } from 'node:perf_hooks';
import { openStore } from '../dist/libs/jobs/src/index.js';
import { loadModel, registerBundle } from '../dist/libs/models/src/index.js';

const [bundle, folder, minutes] = process.argv.slice(2);
const [sampleRate, channels] = [44_100, 2];
const frameBytes = 2 * channels;

function header(dataBytes) {
  const bytes = Buffer.alloc(44);
  bytes.write('RIFF\0\0\0\0WAVEfmt ', 'latin1');
  bytes.writeUInt32LE(36 + dataBytes, 4);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(channels, 22);
  bytes.writeUInt32LE(sampleRate, 24);
  bytes.writeUInt32LE(sampleRate * frameBytes, 28);
  bytes.writeUInt16LE(frameBytes, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(dataBytes, 40);
  return bytes;
}

/** A second of noise and a second of a tone, by turns, in pieces such as a file is read in. */
async function* recording() {
  const frames = Number(minutes) * 60 * sampleRate;
  yield header(frames * frameBytes);
  const twoSeconds = new Int16Array(2 * sampleRate * channels).map((_, i) =>
    i < sampleRate * channels ? 8000 * Math.sin(i * i) : 8000 * Math.sin((i >> 1) / 20),
  );
  const bytes = new Uint8Array(twoSeconds.buffer);
  for (let left = frames * frameBytes; left > 0;) {
    for (let at = 0; at < bytes.length && left > 0; at += 65_536) {
      const piece = bytes.slice(at, Math.min(at + 65_536, at + left));
      left -= piece.length;
      yield await Promise.resolve(piece);
    }
  }
}

const store = await openStore({ address: { kind: 'folder', path: folder } });
const { record } = await registerBundle(bundle, store);
const model = await loadModel(record, store, 'onnxruntime');
const loadedMiB = process.memoryUsage().rss / 2 ** 20;
const start = performance.now();
const { prediction, ...timings } = await model.predictWindows(recording());
const seconds = (performance.now() - start) / 1000;
const peakMiB = process.resourceUsage().maxRSS / 2 ** 10;
const end = prediction.segments.at(-1)?.end;
console.log(
  JSON.stringify({ minutes, seconds, loadedMiB, peakMiB, segments: prediction.segments.length, end, ...timings }),
);
await model.dispose();
