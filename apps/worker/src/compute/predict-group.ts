import { inputKey, resultKey, type JobResult, type ObjectStore, type Outcome } from '#jobs';
import type { LoadedModel, Prediction, PreparedInput } from '#models';
import type { Attempt, AttemptResult, PredictRequest } from './messages.js';
import type { ModelShelf } from './model-shelf.js';
import { toLoggedFailure } from './to-logged-failure.js';

export interface PredictTools {
  store: ObjectStore;
  shelf: ModelShelf;
  /** Earshot's own version, for provenance. */
  version: string;
}

/** An attempt on its way: it has either gone wrong, or has come as far as `T`. */
type Step<T> = { attempt: Attempt; value: T } | { attempt: Attempt; failure: AttemptResult };

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
  const prepared = await prepareAll(tools.store, loaded, attempts);
  const predicted = await predictTogether(loaded, prepared);
  const written = await advance(predicted, (attempt, value) => writeResult(tools, loaded, attempt, value));
  return written.map((step) => ('failure' in step ? step.failure : { ok: true, outcome: step.value }));
}

/**
 * One input after the other, the next being fetched while one is prepared: the bytes of a whole group at once would be
 * the most of what the process holds, and of what its garbage collector does.
 */
async function prepareAll(store: ObjectStore, model: LoadedModel, attempts: Attempt[]): Promise<Step<PreparedInput>[]> {
  const fetchBytes = (attempt: Attempt): Promise<Step<Buffer>> =>
    takeStep(attempt, () => store.get(inputKey(attempt.payload.owner, attempt.jobId)));
  const prepared: Step<PreparedInput>[] = [];
  let [fetching] = attempts.slice(0, 1).map(fetchBytes);
  for (let i = 1; fetching !== undefined; i++) {
    const fetched = await fetching;
    [fetching] = attempts.slice(i, i + 1).map(fetchBytes);
    prepared.push(...(await advance([fetched], (_attempt, bytes) => model.prepare(bytes))));
  }
  return prepared;
}

async function takeStep<T>(attempt: Attempt, take: () => T | Promise<T>): Promise<Step<T>> {
  try {
    return { attempt, value: await take() };
  } catch (error) {
    return { attempt, failure: { ok: false, ...toLoggedFailure(error) } };
  }
}

/** Takes every attempt that is still well one step further. */
async function advance<T, U>(
  steps: Step<T>[],
  next: (attempt: Attempt, value: T) => U | Promise<U>,
): Promise<Step<U>[]> {
  return Promise.all(
    steps.map(async (step) =>
      'failure' in step ? step : takeStep(step.attempt, () => next(step.attempt, step.value)),
    ),
  );
}

interface Predicted {
  prediction: Prediction;
  input: PreparedInput;
  /** The attempt's share of the group's call. */
  inferenceMs: number;
}

/** One call of the network for all; should that fail, one call for each, so that only the culprit fails. */
async function predictTogether(model: LoadedModel, steps: Step<PreparedInput>[]): Promise<Step<Predicted>[]> {
  const inputs = steps.flatMap((step) => ('failure' in step ? [] : [step.value]));
  const predictions = inputs.length === 0 ? [] : await predictTimed(model, inputs).catch(() => null);
  return advance(steps, async (_attempt, input) => {
    const together = predictions?.[inputs.indexOf(input)];
    const [predicted] = together ? [together] : await predictTimed(model, [input]);
    if (!predicted) throw new Error('the engine returned fewer predictions than inputs');
    return predicted;
  });
}

async function predictTimed(model: LoadedModel, inputs: PreparedInput[]): Promise<Predicted[]> {
  const start = performance.now();
  const predictions = await model.predict(inputs);
  const inferenceMs = (performance.now() - start) / inputs.length;
  return predictions.map((prediction, i) => ({ prediction, input: inputs[i] as PreparedInput, inferenceMs }));
}

async function writeResult(
  { store, version }: PredictTools,
  model: LoadedModel,
  { jobId, token, payload }: Attempt,
  { prediction, input, inferenceMs }: Predicted,
): Promise<Outcome> {
  const { name, version: modelVersion, digest, card } = model.record;
  const result: JobResult = {
    ...prediction,
    provenance: {
      inputSha256: payload.input.sha256,
      modelName: name,
      modelVersion,
      modelDigest: digest,
      features: { input: card.input, features: card.features },
      engine: model.engine,
      worker: version,
    },
  };
  const key = resultKey(payload.owner, jobId, token);
  await store.put(key, Buffer.from(JSON.stringify(result)), { contentType: 'application/json' });
  return {
    resultKey: key,
    decodeMs: round(input.decodeMs),
    featuresMs: round(input.featuresMs),
    inferenceMs: round(inferenceMs),
  };
}

/** To a thousandth: finer than any clock here, and short in Redis. */
function round(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}
