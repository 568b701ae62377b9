import onnxProto from 'onnx-proto';
import { stringify } from 'yaml';

import { smallCard } from '../models/make-bundle.js';
import { rawZip, type RawZipFile } from '../models/raw-zip.js';
import { gunzipped } from './base-files.js';
import type { Trial } from './trial.js';

const { onnx } = onnxProto;
type Onnx = typeof onnx;

/** A model that is to be refused, and what the refusal says. */
export interface Crafted extends Trial {
  refusal: RegExp;
}

/** Files made by hand to do harm: each names what it tries. */
export function craftedFiles(): Crafted[] {
  return [...hdf5Files(), ...archives(), ...onnxFiles(), ...jsonFiles()];
}

function trial(name: string, file: string, bytes: Uint8Array | string, refusal: RegExp): Crafted {
  return { name, names: { weights: file }, files: new Map([[file, Buffer.from(bytes)]]), refusal };
}

function hdf5Files(): Crafted[] {
  const file = (name: string, refusal: RegExp) => trial(`${name}.h5`, 'model.h5', gunzipped(`${name}.h5.gz`), refusal);
  return [
    file('never-written', /./),
    file('never-written-large', /./),
    file('external-values', /./),
    file('external-link', /./),
    file('soft-cycle', /./),
    file('hard-cycle', /./),
    file('virtual', /./),
  ];
}

function archives(): Crafted[] {
  const keras = (name: string, files: RawZipFile[], refusal: RegExp) =>
    trial(`${name}.keras`, 'model.keras', rawZip(files), refusal);
  const metadata = { path: 'metadata.json', content: '{"keras_version": "3.9.0"}' };
  const config = {
    path: 'config.json',
    content: '{"class_name": "Sequential", "config": {"name": "m", "layers": []}}',
  };
  const weights = { path: 'model.weights.h5', content: gunzipped('plain.h5.gz') };
  return [
    keras('bomb', [metadata, config, { path: 'model.weights.h5', content: new Uint8Array(700 * 2 ** 20) }], /./),
    keras('claimed-size', [metadata, config, { ...weights, bytes: 2 ** 32 - 1 }], /./),
    keras('lying-size', [metadata, { ...config, bytes: 10 }, weights], /./),
    keras('path-out', [metadata, config, { ...weights, path: '../model.weights.h5' }], /./),
    keras('two-configs', [metadata, config, config, weights], /./),
    keras('no-layers', [metadata, config, weights], /./),
    keras('nested-config', [metadata, { path: 'config.json', content: nested() }, weights], /./),
  ];
}

function onnxFiles(): Crafted[] {
  const float = onnx.TensorProto.DataType.FLOAT;
  const value = (name: string, dims: (number | string)[]) => ({
    name,
    type: {
      tensorType: {
        elemType: float,
        shape: { dim: dims.map((dim) => (typeof dim === 'string' ? { dimParam: dim } : { dimValue: dim })) },
      },
    },
  });
  const file = (name: string, graph: InstanceType<Onnx['GraphProto']> | object, refusal: RegExp, model: object = {}) =>
    trial(
      `${name}.onnx`,
      'model.onnx',
      onnx.ModelProto.encode({
        irVersion: 8,
        opsetImport: [{ domain: '', version: 13 }],
        graph: { name: 'g', input: [value('x', ['n', 2])], output: [value('y', ['n', 2])], ...graph },
        ...model,
      }).finish(),
      refusal,
    );
  const node = (opType: string, input: string[], output: string[], more: object = {}) => ({
    opType,
    input,
    output,
    ...more,
  });
  const add = [node('Add', ['x', 'c'], ['y'])];
  const outside = (path: string) => [
    { name: 'c', dims: [2], dataType: float, dataLocation: 1, externalData: [{ key: 'location', value: path }] },
  ];
  const shape = (...sizes: number[]) => ({
    name: 's',
    dims: [sizes.length],
    dataType: onnx.TensorProto.DataType.INT64,
    int64Data: sizes,
  });
  return [
    file('external-passwd', { node: add, initializer: outside('../../../../etc/passwd') }, /external data/),
    file('external-absolute', { node: add, initializer: outside('/etc/passwd') }, /external data/),
    file(
      'external-in-node',
      {
        node: [
          node('Constant', [], ['c'], { attribute: [{ name: 'value', type: 4, t: outside('/etc/passwd')[0] }] }),
          ...add,
        ],
      },
      /external data/,
    ),
    file(
      'huge-claim',
      {
        node: add,
        initializer: [{ name: 'c', dims: [2 ** 40, 2 ** 20], dataType: float, rawData: new Uint8Array(8) }],
      },
      /holds 2 values/,
    ),
    file(
      'negative-size',
      { node: add, initializer: [{ name: 'c', dims: [-1, -2], dataType: float, rawData: new Uint8Array(8) }] },
      /holds 2 values/,
    ),
    file(
      'huge-input',
      { input: [value('x', ['n', 2 ** 31, 2 ** 31])], node: [node('Relu', ['x'], ['y'])] },
      /are supported/,
    ),
    file(
      'circle',
      { node: [node('Add', ['x', 'b'], ['a']), node('Relu', ['a'], ['b']), node('Relu', ['b'], ['y'])] },
      /./,
    ),
    file(
      'graphs-in-graphs',
      { node: [node('If', ['x'], ['y'], { attribute: [{ name: 'then_branch', type: 5, g: { name: 'inner' } }] })] },
      /graph within a node/,
    ),
    file(
      'loop',
      { node: [node('Loop', ['', 'x'], ['y'], { attribute: [{ name: 'body', type: 5, g: { name: 'inner' } }] })] },
      /graph within a node/,
    ),
    file('foreign', { node: [node('Add', ['x', 'x'], ['y'], { domain: 'com.evil' })] }, /domain com.evil/),
    file('functions', { node: [node('Relu', ['x'], ['y'])] }, /functions/, { functions: [{ name: 'f', domain: 'd' }] }),
    file(
      'much-made-of-nothing',
      { node: [node('ConstantOfShape', ['s'], ['c']), ...add], initializer: [shape(2 ** 17, 2 ** 17, 2)] },
      /./,
    ),
    trial('deep.onnx', 'model.onnx', deepMessage(20_000), /./),
    trial('tiny-fields.onnx', 'model.onnx', Buffer.alloc(8 * 2 ** 20, Buffer.from([0x08, 0x01])), /fields/),
  ];
}

/** Messages in messages, each the graph of an attribute of a node: no reader may recurse into them without end. */
function deepMessage(depth: number): Uint8Array {
  const wrap = (field: number, inner: Buffer) => {
    const length: number[] = [];
    for (let rest = inner.length; ; rest >>>= 7) {
      length.push(rest > 127 ? (rest & 127) | 128 : rest);
      if (rest <= 127) break;
    }
    return Buffer.concat([Buffer.from([(field << 3) | 2, ...length]), inner]);
  };
  let inner = Buffer.alloc(0);
  // Lengths cost bytes, so that a few levels a step would take long: graphs alone, deep enough for any stack.
  for (let level = 0; level < depth / 3; level++) inner = wrap(1, wrap(5, wrap(6, inner)));
  return Buffer.concat([Buffer.from([0x08, 8]), Buffer.from([0x42, 4, 0x0a, 0, 0x10, 13]), wrap(7, inner)]);
}

/** Lists in lists, which a reader must not follow by recursion. */
function nested(): string {
  return '['.repeat(100_000) + ']'.repeat(100_000);
}

function jsonFiles(): Crafted[] {
  const layers = (config: unknown) =>
    `{"modelTopology": {"class_name": "Sequential", "config": ${typeof config === 'string' ? config : JSON.stringify(config)}}, "weightsManifest": []}`;
  const manifest = (paths: unknown, weights: unknown = []) =>
    JSON.stringify({
      modelTopology: { node: [{ name: 'x', op: 'Placeholder' }] },
      weightsManifest: [{ paths, weights }],
    });
  const dense = { class_name: 'Dense', config: { name: 'd', units: 2, batch_input_shape: [null, 3], x: 1 } };
  return [
    trial('nested.json', 'model.json', nested(), /./),
    trial('nested-config.json', 'model.json', layers(nested()), /./),
    trial(
      'nested-option.json',
      'model.json',
      layers({ name: 'm', layers: [dense] }).replace('"x":1', `"x":${nested()}`),
      /./,
    ),
    trial(
      'nested-activation.json',
      'model.json',
      layers({ name: 'm', layers: [dense] }).replace('"x":1', `"activation":${nested()}`),
      /./,
    ),
    trial(
      'nested-attribute.json',
      'model.json',
      `{"modelTopology": {"node": [{"name": "x", "op": "Placeholder", "attr": {"shape": {"shape": ${nested()}}}}]}, "weightsManifest": []}`,
      /./,
    ),
    trial(
      'negative-shape.json',
      'model.json',
      manifest(['a'], [{ name: 'w', shape: [-5], dtype: 'float32' }]),
      /weightsManifest.0.weights.0.shape.0/,
    ),
    trial(
      'huge-shape.json',
      'model.json',
      manifest(['a'], [{ name: 'w', shape: [2 ** 50, 2 ** 50], dtype: 'float32' }]),
      /there is none/,
    ),
    trial('many-shards.json', 'model.json', manifest(Array.from({ length: 200_000 }, (_, i) => `${i}`)), /./),
    ...['../weights.bin', '/etc/passwd', 'a/../../weights.bin', '.'].map((path) => escaping(path, manifest([path]))),
  ];
}

function escaping(path: string, model: string): Crafted {
  const files = new Map([
    ['model.json', Buffer.from(model)],
    ['model.yaml', Buffer.from(stringify(smallCard))],
  ]);
  return {
    name: `bundle that names ${path}`,
    names: { weights: 'model.json' },
    files,
    bundle: true,
    refusal: /is not the name of a file inside the bundle/,
  };
}
