/** A layer of a small made-up network, as Keras describes it. */
export interface MadeLayer {
  className: string;
  /** Besides the name, which is the class and a number. */
  options?: Record<string, unknown>;
  /** The shapes of its weights by role. */
  weights?: Record<string, readonly number[]>;
}

/**
 * A TensorFlow.js layers model of made-up weights: the files it consists of.
 *
 * @param inputShape without the batch axis
 */
export function tfjsModel(inputShape: readonly number[], layers: readonly MadeLayer[]): Map<string, Uint8Array> {
  const named = layers.map((layer, index) => ({ ...layer, name: `${layer.className.toLowerCase()}_${index}` }));
  const input = { class_name: 'InputLayer', config: { name: 'input', batch_input_shape: [null, ...inputShape] } };
  const weights = named.flatMap((layer) =>
    Object.entries(layer.weights ?? {}).map(([role, shape]) => ({
      name: `${layer.name}/${role}`,
      shape,
      dtype: 'float32',
    })),
  );
  const values = weights.reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0);
  const model = {
    format: 'layers-model',
    modelTopology: {
      class_name: 'Sequential',
      config: {
        name: 'made',
        layers: [
          input,
          ...named.map(({ className, name, options }) => ({ class_name: className, config: { name, ...options } })),
        ],
      },
    },
    weightsManifest: [{ paths: ['weights.bin'], weights }],
  };
  return new Map([
    ['model.json', new TextEncoder().encode(JSON.stringify(model))],
    ['weights.bin', new Uint8Array(madeValues(values).buffer)],
  ]);
}

/** Values between 0.1 and 0.9 without a pattern, so that variances are positive and a mix-up shows. */
export function madeValues(count: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: count }, (_, index) => 0.5 + 0.4 * Math.sin(index * 12.9898 + 1));
}
