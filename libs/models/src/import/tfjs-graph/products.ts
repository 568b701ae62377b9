import { permute } from '../../network/permute.js';
import type { Tensor } from '../../network/tensor.js';
import { addBias } from './arithmetic.js';
import { applyFused } from './activations.js';
import type { Call } from './call.js';
import { rankOf, type Flow, type GraphValue } from './graph-value.js';
import { convolve, depthwise } from './convolutions.js';
import { withImage } from './images.js';

/** Of what flows with a constant matrix. */
export function matMul(call: Call): GraphValue {
  return product(call, call.flow(0, 2), 'transpose');
}

/** The same over the last axis; a constant of more axes than two would be another matrix for each input. */
export function batchMatMul(call: Call): GraphValue {
  return product(call, call.flow(0), 'adj');
}

function product(call: Call, flow: Flow, flag: 'transpose' | 'adj'): Flow {
  const [left, right] = flag === 'adj' ? (['adj_x', 'adj_y'] as const) : (['transpose_a', 'transpose_b'] as const);
  if (call.attributes.flag(left, false)) call.refuse(`${left} = true is not supported`);
  call.attributes.ignore('grad_x', 'grad_y', 'grad_a', 'grad_b');
  const kernel = matrix(call, rankOf(flow));
  return call.add(
    { kind: 'dense', kernel: call.attributes.flag(right, false) ? permute(kernel, [1, 0]) : kernel },
    flow,
  );
}

function matrix(call: Call, rank: number): Tensor {
  const { shape, data } = call.floats(1);
  const extra = shape.slice(0, -2);
  if (shape.length < 2 || shape.length > rank || extra.some((size) => size !== 1))
    call.refuse(`its constant is ${shape.join(' x ')}; one matrix is supported`);
  return { shape: shape.slice(-2), data };
}

export function fusedMatMul(call: Call): GraphValue {
  return fused(call, (bias) => bias(product(call, call.flow(0, 2), 'transpose')));
}

export function fusedConv2d(call: Call): GraphValue {
  return fused(call, (finish) => withImage(call, (image, format) => finish(convolve(call, image, format))));
}

export function fusedDepthwiseConv2d(call: Call): GraphValue {
  return fused(call, (finish) => withImage(call, (image, format) => finish(depthwise(call, image, format))));
}

/** A bias over the last axis and an activation, or one of them, after what `compute` finishes. */
function fused(call: Call, compute: (finish: (flow: Flow) => Flow) => Flow): Flow {
  const { attributes } = call;
  const names = [...attributes.texts('fused_ops', [])];
  attributes.ignore('num_args', 'num_host_args', 'TArgs', 'epsilon', 'filter_format');
  const biased = names[0] === 'BiasAdd';
  const activation = names[biased ? 1 : 0];
  if (names.length > (biased ? 2 : 1)) call.refuse(`fused_ops = ${names.join(', ')} is not supported`);
  const result = compute((flow) =>
    applyFused(call, biased ? addBias(call, flow, 2) : flow, activation, biased ? 3 : 2),
  );
  attributes.ignore('leakyrelu_alpha');
  return result;
}
