/**
 * A recording of seeded noise as a PCM16 WAV file.
 *
 * @param options.seconds its duration
 * @param options.sampleRate in Hz; default 8,000
 */
export function newRecording({
  seconds,
  sampleRate = 8000,
  seed = 1,
}: {
  seconds: number;
  sampleRate?: number;
  seed?: number;
}): Buffer {
  const frames = Math.round(seconds * sampleRate);
  const file = Buffer.alloc(44 + 2 * frames);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + 2 * frames, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20); // PCM
  file.writeUInt16LE(1, 22); // one channel
  file.writeUInt32LE(sampleRate, 24);
  file.writeUInt32LE(2 * sampleRate, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(2 * frames, 40);
  // Written as an array of this little-endian machine: hours of samples, one call each, would take as many seconds.
  const samples = new Int16Array(file.buffer, file.byteOffset + 44, frames);
  let state = seed >>> 0 || 1;
  for (let i = 0; i < frames; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    samples[i] = (state >>> 16) - 32_768;
  }
  return file;
}
