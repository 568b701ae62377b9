import onnxProto from 'onnx-proto';

import { weights, type Crafted } from './crafted.js';

const { onnx } = onnxProto;
const { FLOAT, INT64 } = onnx.TensorProto.DataType;

/** Files that claim more than they hold, reach outside, or hold programs. */
export function onnxFiles(): Crafted[] {
  return [...elsewhere(), ...sizes(), ...programs(), ...encodings()];
}

function file(name: string, graph: object, refusal: RegExp, model: object = {}): Crafted {
  return weights(`${name}.onnx`, 'model.onnx', encoded(graph, model), refusal);
}

/** A model of one input and one output of two values, if the graph does not say otherwise. */
function encoded(graph: object, model: object = {}): Uint8Array {
  const ends = { input: [value('x', ['n', 2])], output: [value('y', ['n', 2])] };
  const message = {
    irVersion: 8,
    opsetImport: [{ domain: '', version: 13 }],
    graph: { name: 'g', ...ends, ...graph },
    ...model,
  };
  return onnx.ModelProto.encode(message).finish();
}

/** Some hundred bytes that take as many gibibytes while they run, and give [n, 7, 8] the two values they should. */
export function memoryTaker(gibibytes: number): Uint8Array {
  const int64 = (name: string, ...values: number[]) => ({
    name,
    dims: [values.length],
    dataType: INT64,
    int64Data: values,
  });
  return encoded({
    input: [value('x', ['n', 7, 8])],
    node: [
      node('ConstantOfShape', ['s'], ['c']),
      node('ReduceSum', ['c'], ['nothing']),
      node('Flatten', ['x'], ['flat']),
      node('MatMul', ['flat', 'w'], ['product']),
      node('Add', ['product', 'nothing'], ['y']),
    ],
    initializer: [
      int64('s', 2 ** 28 * gibibytes, 1),
      { name: 'w', dims: [56, 2], dataType: FLOAT, floatData: Array<number>(112).fill(0.1) },
    ],
  });
}

function value(name: string, sizes: (number | string)[]) {
  const dim = sizes.map((size) => (typeof size === 'string' ? { dimParam: size } : { dimValue: size }));
  return { name, type: { tensorType: { elemType: FLOAT, shape: { dim } } } };
}

function node(opType: string, input: string[], output: string[], more: object = {}) {
  return { opType, input, output, ...more };
}

const addition = node('Add', ['x', 'c'], ['y']);
const floats = (dims: number[]) => ({ name: 'c', dims, dataType: FLOAT, rawData: new Uint8Array(8) });

function elsewhere(): Crafted[] {
  const at = (location: string) => ({
    ...{ name: 'c', dims: [2], dataType: FLOAT, dataLocation: 1 },
    externalData: [{ key: 'location', value: location }],
  });
  const constant = node('Constant', [], ['c'], { attribute: [{ name: 'value', type: 4, t: at('/etc/passwd') }] });
  return [
    ...['../../../../etc/passwd', '/etc/passwd', 'weights.bin'].map((path) =>
      file(`values-in-${path}`, { node: [addition], initializer: [at(path)] }, /external data/),
    ),
    file('values-of-a-node-elsewhere', { node: [constant, addition] }, /external data/),
  ];
}

function sizes(): Crafted[] {
  const relu = node('Relu', ['x'], ['y']);
  const chain = Array.from({ length: 50_001 }, (_, i) => node('Relu', [i === 0 ? 'x' : `${i - 1}`], [`${i}`]));
  return [
    file('huge-claim', { node: [addition], initializer: [floats([2 ** 40, 2 ** 20])] }, /holds 2 values/),
    file('negative-size', { node: [addition], initializer: [floats([-1, -2])] }, /holds 2 values/),
    file('huge-input', { input: [value('x', ['n', 2 ** 31, 2 ** 31])], node: [relu] }, /16777216 are supported/),
    file(
      'huge-batch',
      { input: [value('x', [2 ** 40, 2])], node: [relu] },
      /1099511627776 x 2 values; 16777216 are supported/,
    ),
    file('huge-output', { output: [value('y', ['n', 2 ** 40])], node: [relu] }, /where its shape has 4398046511104/),
    file('many-nodes', { node: chain }, /50001 nodes; 50000 are supported/),
    weights('much-made-of-nothing.onnx', 'model.onnx', memoryTaker(2 ** 20), /cannot be run on 4 inputs/),
  ];
}

function programs(): Crafted[] {
  const inner = (name: string) => ({ attribute: [{ name, type: 5, g: { name: 'inner' } }] });
  const relu = node('Relu', ['x'], ['y']);
  return [
    file('branch', { node: [node('If', ['x'], ['y'], inner('then_branch'))] }, /graph within a node/),
    file('loop', { node: [node('Loop', ['', 'x'], ['y'], inner('body'))] }, /graph within a node/),
    file('circle', { node: [node('Add', ['x', 'b'], ['y']), node('Relu', ['y'], ['b'])] }, /not acyclic/),
    file('foreign', { node: [node('Add', ['x', 'x'], ['y'], { domain: 'com.evil' })] }, /domain com.evil/),
    file('functions', { node: [relu] }, /functions of its own/, { functions: [{ name: 'f', domain: 'd' }] }),
  ];
}

function encodings(): Crafted[] {
  return [
    weights('deep.onnx', 'model.onnx', deepMessage(7000), /graph within a node/),
    weights('tiny-fields.onnx', 'model.onnx', Buffer.alloc(2 ** 23, Buffer.from([0x08, 0x01])), /1048576 fields/),
  ];
}

/** Graphs within the attributes of nodes of graphs: no reader may follow them by recursion. */
function deepMessage(levels: number): Uint8Array {
  let graph: Buffer = Buffer.alloc(0);
  for (let level = 0; level < levels; level++)
    graph = lengthDelimited(1, lengthDelimited(5, lengthDelimited(6, graph)));
  const [irVersion, opset13] = [Buffer.from([0x08, 8]), Buffer.from([0x42, 4, 0x0a, 0, 0x10, 13])];
  return Buffer.concat([irVersion, opset13, lengthDelimited(7, graph)]);
}

/** A field of Protocol Buffers: its number, the length as a varint, and the bytes. */
function lengthDelimited(number: number, bytes: Buffer): Buffer {
  const head = [(number << 3) | 2];
  for (let rest = bytes.length; ; rest >>>= 7) {
    head.push(rest > 127 ? (rest & 127) | 128 : rest);
    if (rest <= 127) return Buffer.concat([Buffer.from(head), bytes]);
  }
}
