import type { Call } from './call.js';
import { knownIntegers, rankOf, type Flow, type GraphValue } from './graph-value.js';
import { along } from './slices.js';

const maxGathered = 1024;

/** Rows of a table by what flows, or constant places of what flows, or some sizes of a shape. */
export function gather(call: Call): GraphValue {
  if (call.attributes.integer('batch_dims', 0) !== 0) call.refuse('batch_dims above 0 is not supported');
  const [table, places] = [call.input(0), call.input(1)];
  const axis = call.integer(2);
  if (places.kind === 'flow') return embedding(call, places, axis);
  const indices = call.integers(1);
  const at = (size: number) =>
    indices.map((index) =>
      index >= 0 && index < size ? index : call.refuse(`an axis of ${size} has no place ${index}`),
    );
  if (table.kind !== 'flow') {
    if (table.kind !== 'integers' || table.shape.length !== 1)
      return call.refuse('it takes part of a constant, which is not supported');
    return knownIntegers(
      places.shape,
      at(table.values.length).map((index) => table.values[index]!),
    );
  }
  if (places.shape.length > 1 || indices.length > maxGathered || indices.length === 0)
    call.refuse(`its indices must be a list of at most ${maxGathered}`);
  const flow = call.flow(0);
  const along1 = call.axis(axis, rankOf(flow));
  const parts = at(flow.value.shape[along1 - 1]!).map((start) =>
    along(call, flow, along1, { start, end: start + 1, step: 1 }),
  );
  if (places.shape.length === 1) return join(call, parts, along1);
  return call.reshape(parts[0]!, parts[0]!.value.shape.toSpliced(along1 - 1, 1));
}

function embedding(call: Call, places: Flow, axis: number): Flow {
  if (!places.whole) call.refuse('its indices must be integers');
  if (axis !== 0) call.refuse(`axis = ${axis} is not supported with indices that are not constant`);
  return { ...call.add({ kind: 'embedding', table: call.floats(0, 2) }, places), whole: false };
}

/** @param axis with the batch */
export function join(call: Call, parts: readonly Flow[], axis: number): Flow {
  const [first, ...more] = parts;
  if (first === undefined) call.refuse('it joins nothing');
  return more.length === 0 ? first : call.add({ kind: 'concatenate', axis: axis - 1 }, first, ...more);
}

export function concat(call: Call): GraphValue {
  call.attributes.ignore('N');
  const parts = call.inputs.slice(0, -1);
  const axis = call.integer(parts.length);
  if (parts.some(({ kind }) => kind === 'flow')) {
    const flows = parts.map((_, index) => call.flow(index));
    return join(call, flows, call.axis(axis, rankOf(flows[0]!)));
  }
  if (parts.some(({ shape }: { shape?: readonly number[] } & object) => shape?.length !== 1))
    call.refuse('constants of one axis can be joined');
  const values = parts.flatMap((_, index) => call.sizes(index));
  return knownIntegers([values.length], values);
}

export function pack(call: Call): GraphValue {
  call.attributes.ignore('N');
  const axis = call.attributes.integer('axis', 0);
  if (call.inputs.some(({ kind }) => kind === 'flow')) {
    const flows = call.inputs.map((_, index) => call.flow(index));
    const along1 = call.axis(axis, rankOf(flows[0]!) + 1);
    return join(
      call,
      flows.map((flow) => call.reshape(flow, flow.value.shape.toSpliced(along1 - 1, 0, 1))),
      along1,
    );
  }
  const values = call.inputs.map((_, index) => call.sizes(index));
  if (axis !== 0 || values.some(({ length }) => length !== 1)) call.refuse('single sizes can be made a list of');
  return knownIntegers([values.length], values.flat());
}

export function tile(call: Call): GraphValue {
  const flow = call.flow(0);
  const [rows, ...times] = call.integers(1);
  if (rows !== 1 || times.length !== flow.value.shape.length)
    call.refuse('its multiples must be 1 for the batch, and one for each other axis');
  if (times.some((count) => count < 1 || count > maxGathered)) call.refuse(`its multiples must be 1 to ${maxGathered}`);
  return times.reduce((tiled, count, index) => join(call, Array<Flow>(count).fill(tiled), index + 1), flow);
}
