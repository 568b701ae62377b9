import type { JobResult, Outcome } from '#jobs';
import { resultKey, type ObjectStore } from '#jobs/store';
import { appliedToOutput, type LoadedModel, type PreparedInput, type TimedPrediction } from '#models';
import { isAudioCard, windowOf, type ModelCard } from '#models/card';
import { computedBefore, type ComputedBefore } from './computed-before.js';
import type { Attempt, AttemptResult, PredictRequest } from './messages.js';
import type { ModelShelf } from './model-shelf.js';
import { readInputs } from './read-inputs.js';
import { advance, takeStep, type Step } from './step.js';
import { toLoggedFailure } from './to-logged-failure.js';

export interface PredictTools {
  store: ObjectStore;
  shelf: ModelShelf;
  /** Earshot's own version, for provenance. */
  version: string;
}

/**
 * Bytes to published results for a group of jobs of one model. One that goes wrong fails alone.
 * Safe to repeat: inputs are only read, and each attempt writes under a key of its own.
 */
export async function predictGroup(tools: PredictTools, { model, attempts }: PredictRequest): Promise<AttemptResult[]> {
  let loaded: LoadedModel;
  try {
    loaded = await tools.shelf.get(model);
  } catch (error) {
    return attempts.map(() => ({ ok: false, ...toLoggedFailure(error) }));
  }
  const known = await Promise.all(attempts.map((attempt) => computedBefore(tools.store, attempt)));
  const fresh = attempts.filter((_, i) => known[i] === undefined);
  const predicted = await predictAll(tools.store, loaded, fresh);
  const written = await advance(predicted, (attempt, value) => writeResult(tools, loaded, attempt, value));
  const computed = written.values();
  const steps = await Promise.all(
    attempts.map(async (attempt, i): Promise<Step<Outcome>> => {
      const before = known[i];
      return before ? takeStep(attempt, () => writeReused(tools.store, attempt, before)) : computed.next().value!;
    }),
  );
  return steps.map((step) => ('failure' in step ? step.failure : { ok: true, outcome: step.value }));
}

/** A copy under the attempt's own key, so that each job's result comes and goes with the job. */
async function writeReused(store: ObjectStore, attempt: Attempt, { result, job }: ComputedBefore): Promise<Outcome> {
  const provenance = { ...result.provenance, reusedFrom: job };
  return {
    resultKey: await putResult(store, attempt, { ...result, provenance }),
    decodeMs: 0,
    featuresMs: 0,
    inferenceMs: 0,
  };
}

async function putResult(store: ObjectStore, { jobId, token, payload }: Attempt, result: JobResult): Promise<string> {
  const key = resultKey(payload.owner, jobId, token);
  await store.put(key, Buffer.from(JSON.stringify(result)), { contentType: 'application/json' });
  return key;
}

/** With windows, each recording has calls of the network for itself; without, all of them share one. */
async function predictAll(
  store: ObjectStore,
  model: LoadedModel,
  attempts: readonly Attempt[],
): Promise<Step<TimedPrediction>[]> {
  return windowOf(model.record.card)
    ? readInputs(store, attempts, (source) => model.predictWindows(source))
    : predictTogether(model, await readInputs(store, attempts, (source) => model.prepare(source)));
}

/** One call of the network for all; should that fail, one call for each, so that only the culprit fails. */
async function predictTogether(model: LoadedModel, steps: Step<PreparedInput>[]): Promise<Step<TimedPrediction>[]> {
  const inputs = steps.flatMap((step) => ('failure' in step ? [] : [step.value]));
  const predictions = inputs.length === 0 ? [] : await predictTimed(model, inputs).catch(() => null);
  return advance(steps, async (_attempt, input) => {
    const together = predictions?.[inputs.indexOf(input)];
    const [predicted] = together ? [together] : await predictTimed(model, [input]);
    if (!predicted) throw new Error('the engine returned fewer predictions than inputs');
    return predicted;
  });
}

/** Each with its share of the call's time. */
async function predictTimed(model: LoadedModel, inputs: PreparedInput[]): Promise<TimedPrediction[]> {
  const start = performance.now();
  const predictions = await model.predict(inputs);
  const inferenceMs = (performance.now() - start) / inputs.length;
  return predictions.map((prediction, i) => {
    const { decodeMs, featuresMs } = inputs[i] as PreparedInput;
    return { prediction, decodeMs, featuresMs, inferenceMs };
  });
}

async function writeResult(
  { store, version }: PredictTools,
  model: LoadedModel,
  attempt: Attempt,
  { prediction, decodeMs, featuresMs, inferenceMs }: TimedPrediction,
): Promise<Outcome> {
  const { name, version: modelVersion, digest, card } = model.record;
  const result: JobResult = {
    ...prediction,
    provenance: {
      inputSha256: attempt.payload.input.sha256,
      modelName: name,
      modelVersion,
      modelDigest: digest,
      features: featureSettings(card),
      output: appliedToOutput(card),
      engine: model.engine,
      worker: version,
    },
  };
  return {
    resultKey: await putResult(store, attempt, result),
    decodeMs: round(decodeMs),
    featuresMs: round(featuresMs),
    inferenceMs: round(inferenceMs),
  };
}

/** All that a card says of what becomes of an input before the network has it, and of windows after. */
function featureSettings(card: ModelCard): Record<string, unknown> {
  if (!isAudioCard(card)) return { input: card.input, image: card.image };
  return { input: card.input, samples: card.samples, features: card.features, segments: card.output.segments };
}

/** To a thousandth: finer than any clock here, and short in Redis. */
function round(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}
