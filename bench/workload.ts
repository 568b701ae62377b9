import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findBundles } from '../apps/worker/src/registration/find-bundles.js';
import { bytesOf, wavFile } from '../libs/dsp/test-support/wav-file.js';
import { writeFanBundle } from '../test/bundles.js';
import { hasReferenceData, referenceData } from '../test/reference-data.js';

const [seconds, sampleRate, channels] = [10, 16_000, 8];

/** A recording, and the models that hear it. */
export interface Workload {
  /** What the lines of the output call the recording. */
  recording: string;
  bytes: Uint8Array<ArrayBuffer>;
  /** The model that the pipeline is asked for. */
  model: string;
  /** Bundles besides the built-in ones. */
  bundles: string[];
  /** Every bundle, the built-in ones included. */
  allBundles: string[];
}

/**
 * A fan and the model of its faults. Without the reference data, a made recording of the same format and the built-in
 * model.
 *
 * @param folder the fan model's bundle is written there
 */
export async function readWorkload(root: string, folder: string): Promise<Workload> {
  const builtIn = await findBundles([join(root, 'models')]);
  if (!hasReferenceData)
    return { recording: 'made', bytes: madeRecording(), model: 'spoken-digits', bundles: [], allBundles: builtIn };
  const bundles = [await writeFanBundle(join(folder, 'fan-fault'))];
  const bytes = new Uint8Array(await readFile(referenceData('fan', 'mimii_signalML', 'normal.wav')));
  return { recording: 'fan', bytes, model: 'fan-fault', bundles, allBundles: [...bundles, ...builtIn] };
}

/** Two tones, the same on every machine: as long, and in as many channels, as the fan's recording. */
function madeRecording(): Uint8Array<ArrayBuffer> {
  const samples = Int16Array.from({ length: seconds * sampleRate * channels }, (_, i) => {
    const time = Math.floor(i / channels) / sampleRate;
    return 3000 * Math.sin(2 * Math.PI * 440 * time) + 1000 * Math.sin(2 * Math.PI * 3100 * time);
  });
  return new Uint8Array(wavFile(bytesOf(samples), { channels, sampleRate }));
}
