/** An operator of Keras 3, and its names of the options that TensorFlow's function has. */
interface Operator {
  className: string;
  options?: Readonly<Record<string, string>>;
  /** Options that TensorFlow has others for where none are given. */
  defaults?: Readonly<Record<string, unknown>>;
  /** Names of further operands, in their order. */
  operands?: readonly string[];
}

const binary = (className: string): Operator => ({ className, operands: ['y'] });
const reduction = (className: string): Operator => ({ className, options: { axis: 'axis', keepdims: 'keepdims' } });

const names: Readonly<Record<string, Operator>> = {
  '__operators__.add': binary('Add'),
  'math.add': binary('Add'),
  'math.subtract': binary('Subtract'),
  'math.multiply': binary('Multiply'),
  'math.truediv': binary('TrueDivide'),
  'math.divide': binary('Divide'),
  'math.maximum': binary('Maximum'),
  'math.minimum': binary('Minimum'),
  'math.pow': binary('Power'),
  'math.abs': { className: 'Absolute' },
  'math.negative': { className: 'Negative' },
  'math.exp': { className: 'Exp' },
  'math.log': { className: 'Log' },
  'math.sqrt': { className: 'Sqrt' },
  'math.rsqrt': { className: 'Rsqrt' },
  'math.square': { className: 'Square' },
  'math.reciprocal': { className: 'Reciprocal' },
  'math.sigmoid': { className: 'Sigmoid' },
  'math.tanh': { className: 'Tanh' },
  'math.softplus': { className: 'Softplus' },
  'nn.relu': { className: 'Relu' },
  'nn.relu6': { className: 'Relu6' },
  'nn.leaky_relu': {
    className: 'LeakyRelu',
    options: { alpha: 'negative_slope' },
    defaults: { negative_slope: 0.2 },
  },
  'nn.elu': { className: 'Elu' },
  'nn.selu': { className: 'Selu' },
  'nn.gelu': { className: 'Gelu', options: { approximate: 'approximate' }, defaults: { approximate: false } },
  'nn.silu': { className: 'Silu' },
  'nn.sigmoid': { className: 'Sigmoid' },
  'nn.tanh': { className: 'Tanh' },
  'nn.softplus': { className: 'Softplus' },
  'nn.softsign': { className: 'Softsign' },
  'nn.softmax': { className: 'Softmax', options: { axis: 'axis' }, defaults: { axis: -1 } },
  'nn.log_softmax': { className: 'LogSoftmax', options: { axis: 'axis' }, defaults: { axis: -1 } },
  clip_by_value: { className: 'Clip', options: { clip_value_min: 'x_min', clip_value_max: 'x_max' } },
  'math.reduce_mean': reduction('Mean'),
  'math.reduce_max': reduction('Max'),
  'math.reduce_min': reduction('Min'),
  'math.reduce_sum': reduction('Sum'),
  concat: { className: 'Concatenate', options: { axis: 'axis' } },
  reshape: { className: 'Reshape', options: { shape: 'newshape' } },
  expand_dims: { className: 'ExpandDims', options: { axis: 'axis' } },
  squeeze: { className: 'Squeeze', options: { axis: 'axis' } },
  transpose: { className: 'Transpose', options: { perm: 'axes' } },
};

/** What tf.keras writes as `TFOpLambda`, by the name of TensorFlow's function. */
export const tensorflowNames: ReadonlyMap<string, Operator> = new Map(Object.entries(names));
