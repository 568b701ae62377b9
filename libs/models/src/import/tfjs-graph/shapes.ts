import { permute } from '../../network/permute.js';
import { valueCount } from '../../network/tensor.js';
import type { Call } from './call.js';
import { multiplySizes } from './arithmetic.js';
import {
  knownFloats,
  knownIntegers,
  rankOf,
  sizesOf,
  type Flow,
  type GraphValue,
  type Known,
  type Size,
} from './graph-value.js';

export function shapeOf(call: Call): GraphValue {
  call.attributes.type('out_type');
  const sizes = sizesOf(call.input(0));
  return knownIntegers([sizes.length], sizes);
}

export function reshape(call: Call): GraphValue {
  const value = call.input(0);
  const target = call.sizes(1);
  return value.kind === 'flow' ? reshapeFlow(call, call.flow(0), target) : reshapeKnown(call, value, target);
}

function reshapeKnown(call: Call, value: Known, target: readonly Size[]): Known {
  const sizes = target.map((size) =>
    typeof size === 'number' ? size : call.refuse('a constant cannot have the batch axis'),
  );
  const known = valueCount(sizes.filter((size) => size !== -1));
  const shape = sizes.map((size) => (size === -1 ? value.values.length / known : size));
  const fits = shape.every((size) => Number.isInteger(size) && size >= 0) && valueCount(shape) === value.values.length;
  return fits ? { ...value, shape } : call.refuse(`its constant cannot become ${sizes.join(' x ')}`);
}

/** The first axis of the result is the batch again, with more or fewer rows for each input. */
function reshapeFlow(call: Call, flow: Flow, [first, ...rest]: readonly Size[]): Flow {
  if (first === undefined) call.refuse('its result would have no batch axis');
  const all = flow.times * valueCount(flow.value.shape);
  const sizes = rest.map((size) =>
    typeof size === 'number' ? size : call.refuse('the batch would not be the first axis'),
  );
  const known = valueCount(sizes.filter((size) => size !== -1));
  const times = first === -1 ? all / known : timesOf(call, first);
  const shape = sizes.map((size) => (size === -1 ? all / (times * known) : size));
  const whole = [times, ...shape].every((size) => Number.isInteger(size) && size > 0);
  if (!whole || times * valueCount(shape) !== all)
    call.refuse(
      `its input ${[flow.times, ...flow.value.shape].join(' x ')} of each row cannot become ${[times, ...shape].join(' x ')}`,
    );
  return call.reshape(flow, shape, times);
}

/** Rows for each input in a first size. */
function timesOf(call: Call, first: Size): number {
  if (typeof first === 'object') return first.batch;
  const { fixedBatch } = call.surroundings;
  if (fixedBatch !== undefined && first % fixedBatch === 0) return first / fixedBatch;
  return call.refuse(
    `its result has ${first} rows, whatever the number of inputs; the first size must be that of the batch, or -1`,
  );
}

export function squeeze(call: Call): GraphValue {
  const rank = rankOf(call.input(0));
  const axes = call.attributes.integers('squeeze_dims', []).map((axis) => (axis < 0 ? axis + rank : axis));
  if (axes.length === 0) call.refuse('squeeze_dims is empty; which axes go must be said');
  const kept = sizesOf(call.input(0)).filter((size, axis) => !axes.includes(axis) || size !== 1);
  if (kept.length !== rank - new Set(axes).size) call.refuse(`squeeze_dims = ${axes.join(', ')} are not all of size 1`);
  return withSizes(call, kept);
}

export function expandDims(call: Call): GraphValue {
  const sizes = sizesOf(call.input(0));
  const given = call.integer(1);
  const axis = given < 0 ? given + sizes.length + 1 : given;
  if (axis < 0 || axis > sizes.length) call.refuse(`its input has no axis ${given}`);
  return withSizes(call, sizes.toSpliced(axis, 0, 1));
}

function withSizes(call: Call, sizes: readonly Size[]): GraphValue {
  const value = call.input(0);
  if (value.kind !== 'flow') return { ...value, shape: sizes as readonly number[] };
  const [first, ...rest] = sizes;
  if (typeof first !== 'object') call.refuse('it acts on the batch axis, where every input must be for itself');
  return call.reshape(call.flow(0), rest as number[]);
}

export function transpose(call: Call): GraphValue {
  const value = call.input(0);
  const order = call.integers(1);
  const rank = rankOf(value);
  if (order.length !== rank || new Set(order).size !== rank || order.some((axis) => axis < 0 || axis >= rank))
    call.refuse(`perm = ${order.join(', ')} is no order of ${rank} axes`);
  if (value.kind === 'floats') {
    const { shape, data } = permute({ shape: value.shape, data: value.values }, order);
    return knownFloats(shape, data);
  }
  if (value.kind === 'integers') return call.refuse('it is applied to integers, which is not supported');
  if (order[0] !== 0) call.refuse('it moves the batch axis, which must stay the first');
  return call.transpose(
    call.flow(0),
    order.slice(1).map((axis) => axis - 1),
  );
}

export function identity(call: Call): GraphValue[] {
  call.attributes.ignore('T');
  return [...call.inputs];
}

/** Numbers that are already whole stay what they are: those of an input that numbers rows of a table. */
export function cast(call: Call): GraphValue {
  const [from, to] = [call.attributes.type('SrcT'), call.attributes.type('DstT')];
  if (call.attributes.flag('Truncate', false)) call.refuse('Truncate = true is not supported');
  const value = call.input(0);
  if (from === 'bool' || to === 'bool') call.refuse(`${from} to ${to} is not supported`);
  const whole = to !== 'float32';
  if (value.kind !== 'flow') return castKnown(call, value, whole);
  const { inputs } = call.surroundings;
  if (whole && !value.whole && !inputs.has(value.value.name))
    call.refuse('it rounds what the network computes, which is not supported');
  if (!whole && value.whole && inputs.get(value.value.name) === false)
    call.refuse('it computes with the whole part of an input, which is not supported');
  return { ...value, whole };
}

function castKnown(call: Call, value: Known, whole: boolean): Known {
  if ((value.kind === 'integers') === whole) return value;
  if (value.kind === 'floats') return knownIntegers(value.shape, Array.from(value.values, Math.trunc));
  return knownFloats(value.shape, Float32Array.from(call.integers(0)));
}

/** Over the values of a shape. */
export function product(call: Call): GraphValue {
  call.attributes.flag('keep_dims', false);
  const value = call.input(0);
  if (value.kind !== 'integers' || value.shape.length > 1) return call.refuse('only sizes can be multiplied');
  const axes = call.integers(1);
  if (value.shape.length === 1 && axes.length === 0) return value;
  return knownIntegers([], [value.values.reduce((all, size) => multiplySizes(call, all, size), 1)]);
}
