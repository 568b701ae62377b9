import { windows, type ByteSource } from '#dsp';

import { outputRules } from '../card/output-rules.js';
import { isAudioCard } from '../card.js';
import type { ModelRecord } from '../catalog.js';
import type { Engine } from '../engines/engine.js';
import { whenInputError } from '../input/audio/as-input-error.js';
import { SamplesReader } from '../input/audio/samples-reader.js';
import type { TimedPrediction } from '../loaded-model.js';
import { hearWindows } from './hear-windows.js';
import { WindowGroup } from './window-group.js';

/**
 * Hears a recording of any length window after window, in the memory of one group of them.
 *
 * @param record one whose card has `input.window`
 * @throws InputError if it is no recording that can be read, or gives nothing to compute on
 */
export async function predictWindows(
  engine: Engine,
  record: ModelRecord,
  source: ByteSource,
): Promise<TimedPrediction> {
  const { card } = record;
  if (!isAudioCard(card) || !card.input.window) throw new Error(`the card of ${record.name} has no input.window`);
  const { input } = card;
  const lengths = {
    length: Math.round(card.input.window.seconds * input.sampleRate),
    hop: card.input.window.hop * input.sampleRate,
  };
  const start = performance.now();
  const reader = new SamplesReader(source, input);
  const heard = hearWindows(outputRules(card), card.input.window);
  const group = new WindowGroup(engine, { ...record, card }, heard);
  await whenInputError(async () => {
    for await (const window of windows(reader.blocks(), lengths)) await group.add(window);
  });
  await group.predict();
  const { featuresMs, inferenceMs } = group;
  const decodeMs = performance.now() - start - reader.waitedMs - featuresMs - inferenceMs;
  return { prediction: heard.finish(reader.seconds), decodeMs, featuresMs, inferenceMs };
}
