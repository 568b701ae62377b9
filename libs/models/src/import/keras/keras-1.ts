import { refusal } from '../../errors.js';
import type { FileFacts, LayerConfig } from './layer-config.js';

type Options = Readonly<Record<string, unknown>>;

/** Classes that have another name since Keras 2. */
const classes: Readonly<Record<string, string>> = {
  Convolution1D: 'Conv1D',
  AtrousConvolution1D: 'Conv1D',
  Convolution2D: 'Conv2D',
  AtrousConvolution2D: 'Conv2D',
  Convolution3D: 'Conv3D',
  SeparableConvolution2D: 'SeparableConv2D',
  TimeDistributedDense: 'Dense',
};

/** What `Merge` does, by its mode. */
const merges: Readonly<Record<string, string>> = {
  sum: 'Add',
  mul: 'Multiply',
  ave: 'Average',
  max: 'Maximum',
  concat: 'Concatenate',
};

/** Options that have another name since Keras 2, and the same values. */
const renamed: Readonly<Record<string, string>> = {
  nb_filter: 'filters',
  filter_length: 'kernel_size',
  border_mode: 'padding',
  subsample: 'strides',
  subsample_length: 'strides',
  atrous_rate: 'dilation_rate',
  bias: 'use_bias',
  p: 'rate',
  sigma: 'stddev',
  pool_length: 'pool_size',
  stride: 'strides',
  length: 'size',
  inner_activation: 'recurrent_activation',
};

/** Options of training, or of the shape of an input, which is known otherwise. */
const needless: ReadonlySet<string> = new Set([
  ...['init', 'inner_init', 'forget_bias_init', 'input_dtype', 'input_dim', 'input_length', 'dropout', 'weights'],
  ...['dropout_W', 'dropout_U', 'consume_less', 'W_regularizer', 'U_regularizer', 'b_regularizer'],
  ...['W_constraint', 'U_constraint', 'b_constraint', 'mode', 'mode_type', 'dot_axes', 'output_shape', 'concat_axis'],
  ...['output_shape_type', 'output_mask', 'output_mask_type', 'arguments'],
]);

/**
 * A layer under the names of Keras 2 and 3.
 *
 * @throws ModelError if an option has a value that no later version has a word for
 */
export function modernLayer(layer: LayerConfig, { keras }: FileFacts): LayerConfig {
  if (keras !== 1) return layer;
  const plain = Object.entries(layer.config).filter(([name]) => !needless.has(name));
  const options = Object.fromEntries(plain.map(([name, value]) => [renamed[name] ?? name, value]));
  return { ...layer, className: modernClass(layer), config: { ...translated(layer, options), ...own(layer) } };
}

/** What only layers of some classes have. */
function own({ className, config }: LayerConfig): Options {
  if (className === 'Embedding') return { input_dim: config['input_dim'] };
  if (className === 'LSTM' || className === 'GRU') return { gates_apart: config['consume_less'] !== 'gpu' };
  return className === 'Merge' && config['mode'] === 'concat' ? { axis: config['concat_axis'] } : {};
}

function modernClass({ className, name, config }: LayerConfig): string {
  // 1 and 2 normalise by what is predicted together, also when predicting.
  if (className === 'BatchNormalization' && config['mode'] !== 0)
    throw refusal(
      `layer ${name} (BatchNormalization): mode = ${String(config['mode'])} is not supported, it must be 0`,
    );
  if (className !== 'Merge') return classes[className] ?? className;
  const merge = merges[String(config['mode'])];
  if (merge && config['layers'] === undefined) return merge;
  throw refusal(`layer ${name} (Merge): mode = ${JSON.stringify(config['mode'])} is not supported, or it holds layers`);
}

/** Options whose values have another form since Keras 2. */
function translated({ className }: LayerConfig, options: Options): Options {
  const { nb_row, nb_col, kernel_dim1, kernel_dim2, kernel_dim3, dim_ordering, output_dim, padding, ...others } =
    options;
  // Top, bottom, left and right one after the other.
  const sides = className === 'ZeroPadding2D' && Array.isArray(padding) && padding.length === 4;
  return {
    ...others,
    ...(padding !== undefined && { padding: sides ? [padding.slice(0, 2), padding.slice(2)] : padding }),
    ...(nb_row !== undefined && { kernel_size: [nb_row, nb_col] }),
    ...(kernel_dim1 !== undefined && { kernel_size: [kernel_dim1, kernel_dim2, kernel_dim3] }),
    ...(dim_ordering !== undefined && { data_format: dataFormats.get(dim_ordering) ?? dim_ordering }),
    ...(output_dim !== undefined && { [className === 'Embedding' ? 'output_dim' : 'units']: output_dim }),
  };
}

const dataFormats: ReadonlyMap<unknown, string> = new Map([
  ['tf', 'channels_last'],
  ['th', 'channels_first'],
  ['default', 'channels_last'],
]);
