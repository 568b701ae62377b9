import type { Arithmetic } from '../../network/operations.js';
import { broadcast } from '../../network/output-shape.js';
import { valueCount, type Tensor } from '../../network/tensor.js';
import type { Call } from './call.js';
import {
  knownFloats,
  knownIntegers,
  rankOf,
  type Flow,
  type GraphValue,
  type Known,
  type Size,
} from './graph-value.js';
import { withImage } from './images.js';

type Operator = Arithmetic['operator'];

export function arithmetic(operator: Operator) {
  return (call: Call): GraphValue => combine(call, operator);
}

export function squaredDifference(call: Call): GraphValue {
  const difference = combine(call, 'subtract');
  if (difference.kind === 'flow') return call.add({ kind: 'activate', function: 'square' }, difference);
  return call.refuse('it is of two constants, which is not supported');
}

export function addN(call: Call): GraphValue {
  call.attributes.ignore('N');
  const [first, ...more] = call.inputs.map((_, index) => call.flow(index));
  if (first === undefined) return call.refuse('it adds nothing');
  if (more.some((flow) => rankOf(flow) !== rankOf(first))) call.refuse('its inputs have different numbers of axes');
  return more.reduce((sum, flow) => call.add({ kind: 'arithmetic', operator: 'add' }, sum, flow), first);
}

export function biasAdd(call: Call): GraphValue {
  return withImageOrLast(call, (flow) => addBias(call, flow, 1));
}

/** A bias of the last axis. */
export function addBias(call: Call, flow: Flow, index: number): Flow {
  return call.add({ kind: 'arithmetic', operator: 'add' }, flow, call.constant(call.floats(index, 1), flow.times));
}

function withImageOrLast(call: Call, operate: (flow: Flow) => Flow): Flow {
  if (rankOf(call.flow(0)) === 4) return withImage(call, operate);
  call.attributes.text('data_format', ['NHWC'], 'NHWC');
  return operate(call.flow(0));
}

function combine(call: Call, operator: Operator): GraphValue {
  const [left, right] = [call.input(0), call.input(1)];
  if (left.kind === 'flow' || right.kind === 'flow') return combineFlows(call, operator, left, right);
  if (left.kind === 'integers' && right.kind === 'integers') return combineIntegers(call, operator, left, right);
  if (left.kind === 'floats' && right.kind === 'floats')
    return combineFloats(call, operator, { ...left, data: left.values }, { ...right, data: right.values });
  return call.refuse('its inputs are of different types');
}

function combineFlows(call: Call, operator: Operator, left: GraphValue, right: GraphValue): Flow {
  const [a, b] = [left, right].map((value, index) => (value.kind === 'flow' ? call.flow(index) : undefined));
  // Counted from the last axis, batches must meet: otherwise inputs would be mixed.
  if (a && b && rankOf(a) !== rankOf(b)) call.refuse('its inputs have different numbers of axes');
  const flow = (a ?? b)!;
  const operands = [a ?? rowConstant(call, 0, flow), b ?? rowConstant(call, 1, flow)] as const;
  return call.add({ kind: 'arithmetic', operator }, ...operands);
}

/** A constant against rows of the batch: it is the same for all of them. */
function rowConstant(call: Call, index: number, flow: Flow): Flow {
  const { shape, data } = call.floats(index);
  if (shape.length > rankOf(flow) || (shape.length === rankOf(flow) && shape[0] !== 1))
    call.refuse(`its constant is ${shape.join(' x ')}, which does not fit every row of its input`);
  return call.constant({ shape: shape.length === rankOf(flow) ? shape.slice(1) : shape, data }, flow.times);
}

/** Exact, and rounded to 32 bits: what every engine does. */
const onFloats: Partial<Record<Operator, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  maximum: Math.max,
  minimum: Math.min,
};

function combineFloats(call: Call, operator: Operator, left: Tensor, right: Tensor): Known {
  const compute = onFloats[operator] ?? call.refuse(`${operator} of two constants is not supported`);
  const shape = broadcast(left.shape, right.shape);
  requireModest(call, shape);
  const [a, b] = [left, right].map((tensor) => placesIn(shape, tensor.shape));
  const values = Float32Array.from({ length: valueCount(shape) }, (_, i) =>
    compute(left.data[a!(i)]!, right.data[b!(i)]!),
  );
  return knownFloats(shape, values);
}

function combineIntegers(
  call: Call,
  operator: Operator,
  left: Known & { kind: 'integers' },
  right: Known & { kind: 'integers' },
): Known {
  const shape = broadcast(left.shape, right.shape);
  requireModest(call, shape);
  const [a, b] = [placesIn(shape, left.shape), placesIn(shape, right.shape)];
  const values = Array.from({ length: valueCount(shape) }, (_, i) =>
    combineSizes(call, operator, left.values[a(i)]!, right.values[b(i)]!),
  );
  return knownIntegers(shape, values);
}

function combineSizes(call: Call, operator: Operator, a: Size, b: Size): Size {
  if (typeof a === 'number' && typeof b === 'number') {
    const compute = operator === 'divide' ? undefined : onFloats[operator];
    const result = compute ? compute(a, b) : call.refuse(`${operator} of integers is not supported`);
    return Number.isSafeInteger(result) ? result : call.refuse('its result is no whole number');
  }
  return operator === 'multiply'
    ? multiplySizes(call, a, b)
    : call.refuse(`${operator} with the number of inputs is not supported`);
}

/** @throws ModelError if the batch's size would be squared */
export function multiplySizes(call: Call, a: Size, b: Size): Size {
  if (typeof a === 'number') return typeof b === 'number' ? a * b : { batch: b.batch * a };
  return typeof b === 'number' ? { batch: a.batch * b } : call.refuse('the number of inputs is multiplied by itself');
}

/** For a place in a broadcast shape, in row-major order, the place in what is broadcast. */
function placesIn(shape: readonly number[], own: readonly number[]): (index: number) => number {
  const padded = [...Array<number>(shape.length - own.length).fill(1), ...own];
  return (index) => {
    let [rest, place, step] = [index, 0, 1];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      if (padded[axis] !== 1) place += (rest % shape[axis]!) * step;
      rest = Math.floor(rest / shape[axis]!);
      step *= padded[axis]!;
    }
    return place;
  };
}

const maxConstants = 2 ** 24;

function requireModest(call: Call, shape: readonly number[]): void {
  if (valueCount(shape) > maxConstants)
    call.refuse(`it makes ${shape.join(' x ')} constants; ${maxConstants} are supported`);
}
