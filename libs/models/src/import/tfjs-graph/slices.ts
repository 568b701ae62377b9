import { shapeText } from '../../network/tensor.js';
import type { Slice } from '../../network/operations.js';
import type { Call } from './call.js';
import { knownIntegers, rankOf, sizesOf, type Flow, type GraphValue, type Known, type Size } from './graph-value.js';
import { requireBatch } from './batch.js';

type Range = Slice['axes'][number];

/** Part of one axis, counted with the batch. */
export function along(call: Call, flow: Flow, axis: number, range: Range): Flow {
  const axes = flow.value.shape.map((end, index) => (index === axis - 1 ? range : { start: 0, end, step: 1 }));
  return sliceFlow(call, flow, axes);
}

function sliceFlow(call: Call, flow: Flow, axes: readonly Range[]): Flow {
  const all = axes.every(({ start, end, step }, axis) => start === 0 && step === 1 && end === flow.value.shape[axis]);
  return all ? flow : call.add({ kind: 'slice', axes }, flow);
}

export function slice(call: Call): GraphValue {
  const value = call.input(0);
  const [begin, size] = [call.integers(1), call.sizes(2)];
  if (begin.length !== rankOf(value) || size.length !== rankOf(value))
    call.refuse('its begin and size do not fit its input');
  const ranges = sizesOf(value).map((all, axis): Range | undefined => {
    const count = size[axis]!;
    if (typeof all === 'object') {
      if (begin[axis] !== 0) call.refuse('it leaves out inputs of the batch');
      if (count !== -1) requireBatch(call, count, call.flow(0));
      return undefined;
    }
    const [start, end] = [begin[axis]!, count === -1 ? all : begin[axis]! + Number(count)];
    if (!(start >= 0 && end > start && end <= all)) call.refuse(`it takes ${start} to ${end} of an axis of ${all}`);
    return { start, end, step: 1 };
  });
  if (value.kind === 'flow') return sliceFlow(call, call.flow(0), ranges.slice(1) as Range[]);
  return pick(call, value, ranges as Range[]);
}

export function stridedSlice(call: Call): GraphValue {
  const value = call.input(0);
  const masks = maskNames.map((name) => call.attributes.integer(name, 0));
  const [beginMask, endMask, ellipsis, newAxis, shrink] = masks as [number, number, number, number, number];
  if (ellipsis !== 0) call.refuse(`ellipsis_mask = ${ellipsis} is not supported`);
  if (newAxis !== 0) call.refuse(`new_axis_mask = ${newAxis} is not supported`);
  const [begin, end, strides] = [call.sizes(1), call.sizes(2), call.integers(3)];
  if (begin.length > rankOf(value) || end.length !== begin.length || strides.length !== begin.length)
    call.refuse('its begin, end and strides do not fit its input');
  const bit = (mask: number, axis: number) => ((mask >> axis) & 1) === 1;
  const ranges = sizesOf(value).map((all, axis): Range | undefined => {
    const step = strides[axis] ?? 1;
    const from = bit(beginMask, axis) ? undefined : begin[axis];
    const to = bit(endMask, axis) ? undefined : end[axis];
    if (typeof all === 'object') {
      if ((from ?? 0) !== 0 || step !== 1 || bit(shrink, axis)) call.refuse('it leaves out inputs of the batch');
      if (to !== undefined) requireBatch(call, to, call.flow(0));
      return undefined;
    }
    return rangeOf(call, all, { from, to, step, single: bit(shrink, axis) });
  });
  const dropped = ranges.map((_, axis) => bit(shrink, axis));
  if (value.kind !== 'flow') {
    const picked = pick(call, value, ranges as Range[]);
    return { ...picked, shape: picked.shape.filter((_, axis) => !dropped[axis]) };
  }
  const sliced = sliceFlow(call, call.flow(0), ranges.slice(1) as Range[]);
  return call.reshape(
    sliced,
    sliced.value.shape.filter((_, axis) => !dropped[axis + 1]),
  );
}

const maskNames = ['begin_mask', 'end_mask', 'ellipsis_mask', 'new_axis_mask', 'shrink_axis_mask'] as const;

interface Given {
  from: Size | undefined;
  to: Size | undefined;
  step: number;
  single: boolean;
}

/** Python's rule: what is below 0 counts from the end, and what lies outside is moved inside. */
function rangeOf(call: Call, size: number, { from, to, step, single }: Given): Range {
  if (typeof from === 'object' || typeof to === 'object')
    return call.refuse('its range depends on the number of inputs');
  const place = (given: number) => (given < 0 ? given + size : given);
  if (single) {
    const start = place(from ?? 0);
    return start >= 0 && start < size
      ? { start, end: start + 1, step: 1 }
      : call.refuse(`an axis of ${size} has no place ${from}`);
  }
  if (step === 0) return call.refuse('its step is 0');
  const [least, most] = step > 0 ? [0, size] : [-1, size - 1];
  const within = (given: number) => Math.min(Math.max(place(given), least), most);
  const start = from === undefined ? (step > 0 ? 0 : size - 1) : within(from);
  const end = to === undefined ? (step > 0 ? size : -1) : within(to);
  return Math.ceil((end - start) / step) > 0 ? { start, end, step } : call.refuse('it takes nothing');
}

/** Of a constant of one axis: shapes are all that is taken apart. */
function pick(call: Call, value: Known, ranges: readonly Range[]): Known {
  const [range] = ranges;
  if (ranges.length !== 1 || range === undefined || value.kind !== 'integers')
    return call.refuse(`it takes part of a constant ${shapeText(value.shape)}, which is not supported`);
  const count = Math.ceil((range.end - range.start) / range.step);
  return knownIntegers(
    [count],
    Array.from({ length: count }, (_, i) => value.values[range.start + i * range.step]!),
  );
}
