import { endianness } from 'node:os';

import type onnxProto from 'onnx-proto';

import type { Value } from '../network/graph.js';
import type { Tensor } from '../network/tensor.js';
import { onnx } from './onnx-proto.js';

const { AttributeType } = onnx.AttributeProto;
const { DataType } = onnx.TensorProto;

/** An attribute of an ONNX node; whole numbers and lists of them are its `int` and `ints`. */
export type Attribute =
  | { int: number }
  | { ints: readonly number[] }
  | { float: number }
  | { floats: readonly number[] }
  | { string: string }
  | { strings: readonly string[] };
export type Attributes = Readonly<Record<string, Attribute>>;

/** Names of our own begin with it, so that none is that of an input or an output. */
const own = '#';

/**
 * Collects the nodes and constants of an ONNX graph. Values are known by name; every node gives one. An empty name is
 * an input left out.
 */
export class GraphBuilder {
  readonly #nodes: onnxProto.onnx.INodeProto[] = [];
  readonly #constants: onnxProto.onnx.ITensorProto[] = [];

  /** Adds a node and returns the name of its output. */
  node(opType: string, input: readonly string[], attributes: Attributes = {}): string {
    return this.#add(opType, input, `${own}${this.#nodes.length} ${opType}`, attributes);
  }

  /** Gives a value another name: that of an output. */
  rename(value: string, name: string): void {
    this.#add('Identity', [value], name, {});
  }

  /** Adds 32-bit floats and returns their name. */
  floats(name: string, { shape, data }: Tensor): string {
    return this.#constant({ name, dims: [...shape], dataType: DataType.FLOAT, rawData: littleEndian(data) });
  }

  /** Adds a list of 64-bit integers and returns its name. */
  integers(name: string, values: readonly number[]): string {
    return this.#constant({ name, dims: [values.length], dataType: DataType.INT64, int64Data: [...values] });
  }

  /**
   * The graph as the bytes of an ONNX file; equal graphs give equal bytes. The first axis of inputs and outputs, the
   * batch, may have any size.
   */
  finish(inputs: readonly Value[], outputs: readonly Value[]): Uint8Array {
    const graph = {
      name: 'network',
      node: this.#nodes,
      initializer: this.#constants,
      input: inputs.map(toValueInfo),
      output: outputs.map(toValueInfo),
    };
    const opsetImport = [{ domain: '', version: opset }];
    return onnx.ModelProto.encode({ irVersion, producerName: 'earshot', opsetImport, graph }).finish();
  }

  #add(opType: string, input: readonly string[], output: string, attributes: Attributes): string {
    const attribute = Object.entries(attributes).map(([name, value]) => toAttribute(name, value));
    this.#nodes.push({ name: output, opType, input: [...input], output: [output], attribute });
    return output;
  }

  #constant(tensor: onnxProto.onnx.ITensorProto & { name: string }): string {
    const name = `${own}constant ${this.#constants.length} ${tensor.name}`;
    this.#constants.push({ ...tensor, name });
    return name;
  }
}

/** Has layer normalization; Mean and the like still have their axes as attributes. */
const opset = 17;
const irVersion = 8;

function toValueInfo({ name, shape }: Value): onnxProto.onnx.IValueInfoProto {
  const dim = [{ dimParam: 'batch' }, ...shape.map((size) => ({ dimValue: size }))];
  return { name, type: { tensorType: { elemType: DataType.FLOAT, shape: { dim } } } };
}

function toAttribute(name: string, value: Attribute): onnxProto.onnx.IAttributeProto {
  if ('int' in value) return { name, type: AttributeType.INT, i: value.int };
  if ('ints' in value) return { name, type: AttributeType.INTS, ints: [...value.ints] };
  if ('float' in value) return { name, type: AttributeType.FLOAT, f: value.float };
  if ('floats' in value) return { name, type: AttributeType.FLOATS, floats: [...value.floats] };
  if ('string' in value) return { name, type: AttributeType.STRING, s: Buffer.from(value.string) };
  return { name, type: AttributeType.STRINGS, strings: value.strings.map((text) => Buffer.from(text)) };
}

function littleEndian({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  const bytes = Buffer.from(new Uint8Array(buffer, byteOffset, byteLength));
  return endianness() === 'LE' ? bytes : bytes.swap32();
}
