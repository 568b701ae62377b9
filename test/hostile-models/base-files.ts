import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { stringify } from 'yaml';

import { writeOnnx } from '../../libs/models/src/onnx/write-network.js';
import { smallCard } from '../models/make-bundle.js';
import { conv2d, dense, image, made, normalization } from '../models/small-networks.js';
import { tfjsModel } from '../models/tfjs-model.js';
import { hasReferenceData, referenceData } from '../reference-data.js';
import type { Trial } from './trial.js';

/** A good model of each kind of file, to be damaged: what `name` says is so. */
export function baseFiles(): Trial[] {
  return [...madeFiles(), ...(hasReferenceData ? referenceFiles() : [])];
}

function madeFiles(): Trial[] {
  const keras = ['merging', 'poolings', 'recurrent'].flatMap((family) => [
    one(`${family}.h5`, gunzipped(`../models/keras/${family}.h5.gz`)),
    one(`${family}.keras`, gunzipped(`../models/keras/${family}.keras.gz`)),
  ]);
  const graphs = ['fused', 'sequences'].map((name) => graphModel(name));
  const layers = tfjsModel(image, [
    conv2d({ padding: 'same' }),
    normalization(3),
    { className: 'Flatten' },
    dense(126),
  ]);
  const network = made(image, conv2d({}), normalization(3), { className: 'Flatten' }, dense(75));
  return [
    ...keras,
    ...graphs,
    one('keras-2.h5', gunzipped('plain.h5.gz')),
    { name: 'layers.json', names: { weights: 'model.json' }, files: layers },
    one('network.onnx', writeOnnx(network)),
    bundle(),
  ];
}

function referenceFiles(): Trial[] {
  return [
    'dl4j_keras/tfkeras/cnn2d_100.h5',
    'dl4j_keras/tfkeras/act_0.h5',
    'fan_signalML/weightsMulti.hdf5',
    'onnx_backend/pytorch-converted/test_Conv2d/model.onnx',
  ].map((path) => one(path.replaceAll('/', '_'), readFileSync(referenceData('models', path))));
}

function one(name: string, bytes: Uint8Array): Trial {
  return { name, names: { weights: name }, files: new Map([[name, bytes]]) };
}

export function gunzipped(path: string): Uint8Array {
  return gunzipSync(readFileSync(new URL(path, import.meta.url)));
}

function graphModel(name: string): Trial {
  const packed = Buffer.from(gunzipped(`../models/tfjs-graph/${name}.json.gz`)).toString();
  const { model, weights } = JSON.parse(packed) as { model: object; weights: string };
  const files = new Map([
    ['model.json', Buffer.from(JSON.stringify(model))],
    [`${name}.bin`, Buffer.from(weights, 'base64')],
  ]);
  return { name: `graph ${name}`, names: { weights: 'model.json' }, files };
}

/** With its card: this one is registered in a store. */
function bundle(): Trial {
  const files = tfjsModel(
    [7, 8],
    [
      { className: 'Flatten' },
      { className: 'Dense', options: { units: 2, activation: 'softmax' }, weights: { kernel: [56, 2], bias: [2] } },
    ],
  );
  files.set('model.yaml', Buffer.from(stringify(smallCard)));
  return { name: 'bundle', names: { weights: 'model.json' }, files, bundle: true };
}
