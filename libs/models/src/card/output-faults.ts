import type { CardOutput, Task } from './output.js';

/** What of a card says how its output is read. */
export interface OutputOfCard {
  task: Task;
  output: CardOutput;
  input: { kind: 'audio' | 'image'; window?: unknown };
}

type Fault = [path: string[], message: string];

const taken: Record<Task, readonly (keyof CardOutput)[]> = {
  classification: ['from', 'labels', 'normal', 'activation', 'topK', 'threshold', 'otherwise', 'segments'],
  'multi-label': ['from', 'labels', 'normal', 'activation', 'topK', 'threshold', 'otherwise', 'segments'],
  'anomaly-detection': ['from', 'normal', 'anomaly', 'error', 'threshold', 'segments'],
  raw: ['from'],
};

/** What of a card's output does not go together: the path of a field in the card, and what is wrong with it. */
export function* outputFaults({ task, output, input }: OutputOfCard): Generator<Fault> {
  for (const field of Object.keys(output) as (keyof CardOutput)[])
    if (output[field] !== undefined && !taken[task].includes(field))
      yield [['output', field], `has no meaning with task ${task}`];
  if (output.segments && !input.window)
    yield [['output', 'segments'], `has no meaning ${input.kind === 'audio' ? 'without input.window' : 'for images'}`];
  if (input.window && task === 'raw') yield [['input', 'window'], 'cannot be given with task raw'];
  switch (task) {
    case 'classification':
      yield* faultsOfLabels(output);
      yield* faultsOfClassification(output);
      break;
    case 'multi-label':
      yield* faultsOfLabels(output);
      yield* faultsOfMultiLabel(output);
      break;
    case 'anomaly-detection':
      yield* faultsOfAnomalyDetection(output);
      break;
    case 'raw':
  }
}

function* faultsOfLabels({ labels, normal, topK = 1, threshold, segments }: CardOutput): Generator<Fault> {
  if (!labels) {
    yield [['output', 'labels'], 'is missing'];
    return;
  }
  const known = new Set(labels);
  const areKnown = (names: readonly string[]) => names.every((label) => known.has(label));
  if (known.size < labels.length) yield [['output', 'labels'], 'must differ from each other'];
  if (normal !== undefined && !known.has(normal)) yield [['output', 'normal'], 'must be one of output.labels'];
  if (topK > labels.length) yield [['output', 'topK'], `must be at most ${labels.length}, the number of labels`];
  if (typeof threshold === 'number' && threshold > 1) yield [['output', 'threshold'], 'must be at most 1'];
  const unknown = 'must name only labels of output.labels';
  if (!areKnown(labelsOf(threshold))) yield [['output', 'threshold'], unknown];
  if (!areKnown(labelsOf(segments?.threshold))) yield [['output', 'segments', 'threshold'], unknown];
  if (!areKnown(segments?.ignore ?? [])) yield [['output', 'segments', 'ignore'], unknown];
}

function* faultsOfClassification({ labels, threshold, otherwise }: CardOutput): Generator<Fault> {
  if (labels?.length === 1) yield [['output', 'labels'], 'must be at least 2 long'];
  if (typeof threshold === 'object')
    yield [['output', 'threshold'], 'must be a single number with task classification'];
  if (otherwise !== undefined && threshold === undefined)
    yield [['output', 'otherwise'], 'has no meaning without output.threshold'];
}

function* faultsOfMultiLabel({ activation, segments }: CardOutput): Generator<Fault> {
  if (activation === 'softmax') yield [['output', 'activation'], 'must be sigmoid with task multi-label'];
  if (segments?.threshold !== undefined)
    yield [['output', 'segments', 'threshold'], 'has no meaning with task multi-label: output.threshold is asked'];
}

function* faultsOfAnomalyDetection(output: CardOutput): Generator<Fault> {
  const { threshold, normal = 'normal', anomaly = 'anomaly', segments } = output;
  if (threshold === undefined) yield [['output', 'threshold'], 'is missing'];
  if (typeof threshold === 'object') yield [['output', 'threshold'], 'must be a number with task anomaly-detection'];
  if (normal === anomaly) yield [['output', 'anomaly'], 'must differ from output.normal'];
  const meaningless = 'has no meaning with task anomaly-detection';
  if (segments?.threshold !== undefined) yield [['output', 'segments', 'threshold'], meaningless];
  if (segments && segments.ignore.length > 0) yield [['output', 'segments', 'ignore'], meaningless];
}

function labelsOf(threshold: CardOutput['threshold']): string[] {
  return typeof threshold === 'object' ? Object.keys(threshold) : [];
}
