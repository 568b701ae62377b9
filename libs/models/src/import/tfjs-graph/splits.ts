import type { Call } from './call.js';
import { rankOf, type Flow, type GraphValue } from './graph-value.js';
import { along } from './slices.js';

export function split(call: Call): GraphValue[] {
  const flow = call.flow(1);
  const axis = call.axis(call.integer(0), rankOf(flow));
  const size = flow.value.shape[axis - 1]!;
  const parts = call.attributes.integer('num_split');
  if (parts < 1 || size % parts !== 0) call.refuse(`an axis of ${size} cannot be split into ${parts}`);
  return partsOf(call, flow, axis, Array<number>(parts).fill(size / parts));
}

export function splitV(call: Call): GraphValue[] {
  const flow = call.flow(0);
  const axis = call.axis(call.integer(2), rankOf(flow));
  const size = flow.value.shape[axis - 1]!;
  const sizes = call.integers(1);
  const rest = size - valueSum(sizes.filter((part) => part !== -1));
  const filled = sizes.map((part) => (part === -1 ? rest : part));
  call.attributes.ignore('num_split');
  if (valueSum(filled) !== size || filled.some((part) => part < 1))
    call.refuse(`an axis of ${size} cannot be split into ${sizes.join(' + ')}`);
  return partsOf(call, flow, axis, filled);
}

function partsOf(call: Call, flow: Flow, axis: number, sizes: readonly number[]): Flow[] {
  let start = 0;
  return sizes.map((size) => along(call, flow, axis, { start, end: (start += size), step: 1 }));
}

export function unpack(call: Call): GraphValue[] {
  const flow = call.flow(0);
  const axis = call.axis(call.attributes.integer('axis', 0), rankOf(flow));
  const size = flow.value.shape[axis - 1]!;
  if (call.attributes.integer('num') !== size) call.refuse(`num does not fit an axis of ${size}`);
  return partsOf(call, flow, axis, Array<number>(size).fill(1)).map((part) =>
    call.reshape(part, part.value.shape.toSpliced(axis - 1, 1)),
  );
}

function valueSum(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
