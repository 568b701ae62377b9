import { outputRules, type ClassificationRules } from '../card/output-rules.js';
import type { CardOutput, Task } from '../card/output.js';
import { refusal } from '../errors.js';
import type { Value } from '../network/graph.js';
import { shapeText, valueCount } from '../network/tensor.js';
import { chosenOutput } from '../output/chosen-output.js';

/** The most values of a result of task `raw`: 20 MB of JSON. */
const mostRawValues = 1_000_000;

/**
 * @param network its inputs and outputs, without the batch axis
 * @throws ModelError if the output that the card reads is not there, or not of the shape that its task needs
 */
export function requireCardFitsOutput(
  card: { task: Task; output: CardOutput },
  { inputs, outputs }: { inputs: readonly Value[]; outputs: readonly Value[] },
): void {
  const { shape } = chosenOutput(card.output.from, outputs);
  const rules = outputRules(card);
  switch (rules.task) {
    case 'classification':
      if (isBinary(rules, shape)) return requireNoSoftmax(rules);
      return requireOneValuePerLabel(rules.labels, shape);
    case 'multi-label':
      return requireOneValuePerLabel(rules.labels, shape);
    case 'anomaly-detection':
      return requireInputsShape(inputs, shape);
    case 'raw':
      if (valueCount(shape) > mostRawValues)
        throw refusal(`the network gives ${text(shape)} values; with task raw at most ${mostRawValues} are served`);
  }
}

/** A single value that says how likely the second of two labels is. */
function isBinary({ labels }: ClassificationRules, shape: readonly number[]): boolean {
  return labels.length === 2 && valueCount(shape) === 1;
}

function requireNoSoftmax({ activation }: ClassificationRules): void {
  if (activation === 'softmax')
    throw refusal('the network gives a single value, of which softmax always makes 1: output.activation is sigmoid');
}

/** Axes of size 1 besides do not matter, such as those that a convolution over the whole input leaves. */
function requireOneValuePerLabel(labels: readonly string[], shape: readonly number[]): void {
  const sizes = withoutOnes(shape);
  if (sizes.length <= 1 && valueCount(shape) === labels.length) return;
  throw refusal(`the card has ${labels.length} labels, and the network gives ${text(shape)} values`);
}

function requireInputsShape(inputs: readonly Value[], shape: readonly number[]): void {
  const [input] = inputs;
  if (inputs.length !== 1 || !input)
    throw refusal(`task anomaly-detection compares the output with the input, and the network has ${inputs.length}`);
  if (text(withoutOnes(input.shape)) === text(withoutOnes(shape))) return;
  throw refusal(
    `task anomaly-detection compares the output with the input, and the network takes ${text(input.shape)} and gives ` +
      text(shape),
  );
}

function withoutOnes(shape: readonly number[]): number[] {
  return shape.filter((size) => size !== 1);
}

function text(shape: readonly number[]): string {
  return shape.length === 0 ? 'single' : shapeText(shape);
}
