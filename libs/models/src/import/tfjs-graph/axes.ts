import type { Call } from './call.js';
import { rankOf, type GraphValue } from './graph-value.js';

export function pad(mode: 'constant' | 'mirror') {
  return (call: Call): GraphValue => {
    const flow = call.flow(0);
    const values = call.integers(1);
    if (values.length !== 2 * rankOf(flow) || values.some((value) => value < 0))
      call.refuse('its paddings do not fit its input');
    if (values[0] !== 0 || values[1] !== 0) call.refuse('it adds inputs to the batch');
    const margins = flow.value.shape.map((_, axis) => [values[2 * axis + 2]!, values[2 * axis + 3]!] as const);
    if (mode === 'constant')
      return call.add({ kind: 'pad', margins, mode, value: call.inputs.length > 2 ? call.scalar(2) : 0 }, flow);
    call.attributes.text('mode', ['REFLECT']);
    if (margins.some((margin, axis) => Math.max(...margin) >= flow.value.shape[axis]!))
      call.refuse('it mirrors more than there is');
    return call.add({ kind: 'pad', margins, mode: 'reflect', value: 0 }, flow);
  };
}

export function reduce(how: 'max' | 'min' | 'mean' | 'sum') {
  return (call: Call): GraphValue => {
    const keepAxes = call.attributes.flag('keep_dims', false);
    const flow = call.flow(0);
    const axes = [...new Set(call.integers(1).map((axis) => call.axis(axis, rankOf(flow)) - 1))];
    return axes.length === 0
      ? flow
      : call.add({ kind: 'reduce', reduce: how, axes: axes.sort((a, b) => a - b), keepAxes }, flow);
  };
}
