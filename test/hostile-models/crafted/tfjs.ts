import { smallCard } from '../../models/make-bundle.js';
import { tfjsModel } from '../../models/tfjs-model.js';
import { gunzipped } from '../base-files.js';
import { bundle, nested, weights, type Crafted } from './crafted.js';

interface ModelJson {
  modelTopology: object;
  weightsManifest: { paths: string[]; weights: { name: string; shape: number[]; dtype: string }[] }[];
}

/** Layers models and graph models whose model.json is not what it should be. */
export function tfjsModels(): Crafted[] {
  return [...manifests('layers', layersModel()), ...manifests('graph', graphModel()), ...topologies()];
}

/** What a model.json says of its weights. Only a bundle has other files that it could name. */
function manifests(
  kind: string,
  { json, shard, bytes }: { json: ModelJson; shard: string; bytes: Uint8Array },
): Crafted[] {
  const changed = (name: string, refusal: RegExp, change: (group: ModelJson['weightsManifest'][number]) => void) => {
    const copy = structuredClone(json);
    change(copy.weightsManifest[0]!);
    return bundle(
      `of a ${kind} model: ${name}`,
      { [smallCard.weights]: JSON.stringify(copy), [shard]: bytes },
      refusal,
    );
  };
  const outside = ['../weights.bin', '/etc/passwd', 'a/../../weights.bin', '.', '..', 'weights.bin\0'];
  return [
    ...outside.map((path) =>
      changed(`a file ${JSON.stringify(path)}`, /is not the name of a file inside the bundle/, (group) => {
        group.paths = [path];
      }),
    ),
    changed('one file many times', /names the file .* twice/, (group) => {
      group.paths = Array<string>(200_000).fill(shard);
    }),
    changed('many files', /has no file 0/, (group) => {
      group.paths = Array.from({ length: 200_000 }, (_, i) => `${i}`);
    }),
    changed('a weight larger than memory', /bytes long, and model.json describes/, (group) => {
      group.weights[0]!.shape = [2 ** 50, 2 ** 50];
    }),
    changed('a negative shape', /weights.0.shape.0 must be at least 0/, (group) => {
      group.weights[0]!.shape = [-5];
    }),
    changed('more faults than a message has room for', /shape.0 must be at least 0; .*\.\.\.$/, (group) => {
      group.weights = Array.from({ length: 50_000 }, () => ({ name: 'w', shape: [-1], dtype: 'float32' }));
    }),
    changed('a name longer than a message', /.{2000}\.\.\.$/, (group) => {
      group.weights[0]!.name = 'w'.repeat(2 ** 20);
      group.weights[0]!.dtype = 'string';
    }),
  ];
}

function layersModel() {
  const files = tfjsModel(
    [7, 8],
    [{ className: 'Flatten' }, { className: 'Dense', options: { units: 2 }, weights: { kernel: [56, 2], bias: [2] } }],
  );
  const json = JSON.parse(Buffer.from(files.get('model.json')!).toString()) as ModelJson;
  return { json, shard: 'weights.bin', bytes: files.get('weights.bin')! };
}

function graphModel() {
  const packed = Buffer.from(gunzipped('../models/tfjs-graph/fused.json.gz')).toString();
  const { model, weights: values } = JSON.parse(packed) as { model: ModelJson; weights: string };
  return { json: model, shard: 'fused.bin', bytes: Buffer.from(values, 'base64') };
}

/** Lists in lists, at every place that is read. */
function topologies(): Crafted[] {
  const model = (name: string, topology: string, refusal: RegExp) =>
    weights(`${name}.json`, 'model.json', `{"modelTopology": ${topology}, "weightsManifest": []}`, refusal);
  const layers = (config: string) => `{"class_name": "Sequential", "config": ${config}}`;
  const dense = (option: string) =>
    layers(`{"name": "m", "layers": [{"class_name": "Dense", "config": {"name": "d", "units": 2, ${option}}}]}`);
  const placeholder = (shape: string) =>
    `{"name": "x", "op": "Placeholder", "attr": {"dtype": {"type": "DT_FLOAT"}, "shape": {"shape": ${shape}}}}`;
  const relu = '{"name": "y", "op": "Relu", "input": ["x"]}';
  const circle =
    '{"name": "a", "op": "AddV2", "input": ["x", "b"]}, {"name": "b", "op": "Relu", "input": ["a"]}, {"name": "y", "op": "Relu", "input": ["b"]}';
  return [
    weights('nested.json', 'model.json', nested, /is damaged: it does not begin as such a file does/),
    model('nested-layers', layers(nested), /layers.0 must be/),
    model('nested-option', dense(`"odd": ${nested}`), /lies too deep within itself/),
    model('nested-activation', dense(`"activation": ${nested}`), /lies too deep within itself/),
    model('nested-attribute', `{"node": [${placeholder(nested)}, ${relu}]}`, /the attribute shape cannot be read/),
    model(
      'circle',
      `{"node": [${placeholder('{"dim": [{"size": "-1"}, {"size": "2"}]}')}, ${circle}]}`,
      /cycle through/,
    ),
    model('many-nodes', `{"node": [${Array<string>(20_001).fill(relu).join()}]}`, /20001 nodes; 20000 are supported/),
  ];
}
