import { z } from 'zod';

import { refusal } from '../../../errors.js';
import { listedSource, modernCall, modernSource, type Source } from '../call-sources.js';
import { jsonText } from '../json-text.js';
import type { LayerConfig } from '../layer-config.js';
import { tensorflowNames } from './tensorflow-names.js';

/** An operator as a layer: what it is applied to that is no layer's output stands among its options. */
export interface OperatorCalls {
  layer: LayerConfig;
  /** What it takes in each of its calls. */
  calls: readonly (readonly Source[])[];
}

interface Call {
  config: Readonly<Record<string, unknown>>;
  inputs: readonly Source[];
}

interface RawOperator {
  class_name: string;
  config: LayerConfig['config'] & { name: string };
  module?: string | null | undefined;
}

/** The class of an operator, told apart from the layer of the same name. */
export const operatorClass = (name: string) => `ops.${name}`;

const ofTensorflow: ReadonlySet<string> = new Set(['TFOpLambda', 'SlicingOpLambda']);

/**
 * Whether it stands for an operation on values, which Keras writes among the layers: `2 * x`, or `keras.ops.relu(x)`.
 * Keras 3 names its module, but not in HDF5, where it can be known by lacking what every layer has.
 */
export function isOperator({ class_name, module, config }: RawOperator, nodes: readonly unknown[]): boolean {
  if (ofTensorflow.has(class_name)) return true;
  if (module != null) return /^keras\.(src\.)?ops\b/.test(module);
  return !('trainable' in config || 'dtype' in config) && modernCall.safeParse(nodes[0]).success;
}

/**
 * Brings the operators of Keras 3 and of TensorFlow to one form.
 *
 * @param nodes of its `inbound_nodes`
 * @throws ModelError if it is a function that is not supported, or its calls differ in more than in what they take
 */
export function operatorCalls(raw: RawOperator, nodes: readonly unknown[]): OperatorCalls {
  const tensorflow = ofTensorflow.has(raw.class_name);
  const calls = nodes.map((node) => (tensorflow ? tensorflowCall(raw, node) : kerasCall(raw, node)));
  const [first] = calls;
  if (!first || calls.some(({ config }) => JSON.stringify(config) !== JSON.stringify(first.config)))
    throw refusal(`layer ${raw.config.name} (${raw.class_name}): it is called in several ways, which is not supported`);
  const className = tensorflow ? functionOf(raw).className : raw.class_name;
  return {
    layer: { className: operatorClass(className), name: raw.config.name, config: first.config },
    calls: calls.map(({ inputs }) => inputs),
  };
}

/** Collects the values among operands, which become their numbers. */
function newOperands(isValue: (operand: unknown) => boolean, toSource: (operand: unknown) => Source) {
  const inputs: Source[] = [];
  const operand = (given: unknown): unknown => (isValue(given) ? { input: inputs.push(toSource(given)) - 1 } : given);
  const operands = (given: readonly unknown[]) =>
    given.flatMap((one) => (Array.isArray(one) && one.some(isValue) ? one.map(operand) : [operand(one)]));
  return { inputs, operands };
}

function kerasCall({ config, class_name }: RawOperator, node: unknown): Call {
  const parsed = modernCall.safeParse(node);
  if (!parsed.success)
    throw refusal(`layer ${config.name} (${class_name}): its call ${jsonText(node)} is not supported`);
  const isTensor = (operand: unknown) =>
    typeof operand === 'object' && operand !== null && Reflect.get(operand, 'class_name') === '__keras_tensor__';
  const { inputs, operands } = newOperands(isTensor, (operand) => modernSource(config.name, operand));
  const { args, kwargs } = parsed.data;
  return { config: { ...config, ...withoutNull(kwargs), operands: operands(args) }, inputs };
}

const reference = z.tuple([z.string(), z.int().min(0), z.int().min(0)]);
const constantName = '_CONSTANT_VALUE';

/** The first operand, or a list of them, each with all further arguments behind it. */
function tensorflowCall(raw: RawOperator, node: unknown): Call {
  const { name, dtype } = raw.config;
  const { options = {}, defaults = {}, operands: further = [] } = functionOf(raw);
  const listed = Array.isArray(node) ? (node as unknown[]) : [];
  const firsts = (typeof listed[0] === 'string' ? [listed] : listed) as unknown[][];
  const given = withoutNull(z.record(z.string(), z.unknown()).catch({}).parse(firsts[0]?.[3]));
  const { inputs, operands } = newOperands(
    (operand) => reference.safeParse(operand).success,
    (operand) => listedSource(name, operand),
  );
  const arranged = operands([
    ...firsts.map(([layer, call, output]) => (layer === constantName ? output : [layer, call, output])),
    ...further.map((operand) => given[operand]),
  ]);
  const rest = Object.entries(given).filter(([option]) => option !== 'name' && !further.includes(option));
  const named = Object.fromEntries(rest.map(([option, value]) => [options[option] ?? option, value]));
  return { config: { name, dtype, ...defaults, ...named, operands: arranged }, inputs };
}

function functionOf({ class_name, config }: RawOperator) {
  if (class_name === 'SlicingOpLambda') return { className: 'GetItem', operands: ['slice_spec'] };
  const found = tensorflowNames.get(String(config['function']));
  if (found) return found;
  throw refusal(
    `layer ${config.name} (${class_name}): function = ${jsonText(config['function'])} is not supported; ` +
      `supported are ${[...tensorflowNames.keys()].join(', ')}`,
  );
}

function withoutNull(options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== null));
}
