import onnxProto from 'onnx-proto';

import type { Tensor } from '../network/network.js';

const { onnx } = onnxProto;
const { AttributeType } = onnx.AttributeProto;
const { DataType } = onnx.TensorProto;

/** An attribute of an ONNX node; whole numbers and lists of them are its `int` and `ints`. */
export type Attributes = Readonly<Record<string, { int: number } | { ints: readonly number[] } | { float: number }>>;

/** Collects the nodes and constants of an ONNX graph. Values are known by name; every node gives one. */
export class GraphBuilder {
  readonly #nodes: onnxProto.onnx.INodeProto[] = [];
  readonly #constants: onnxProto.onnx.ITensorProto[] = [];

  /** Adds a node and returns the name of its output. */
  node(opType: string, input: readonly string[], attributes: Attributes = {}): string {
    const output = `${opType}_${this.#nodes.length}`;
    const attribute = Object.entries(attributes).map(([name, value]) => toAttribute(name, value));
    this.#nodes.push({ name: output, opType, input: [...input], output: [output], attribute });
    return output;
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
   * The graph as the bytes of an ONNX file; equal graphs give equal bytes. The first axis of its input and its output,
   * the batch, may have any size.
   */
  finish(input: ValueInfo, output: ValueInfo): Uint8Array {
    const graph = {
      name: 'network',
      node: this.#nodes,
      initializer: this.#constants,
      input: [toValueInfo(input)],
      output: [toValueInfo(output)],
    };
    const opsetImport = [{ domain: '', version: opset }];
    return onnx.ModelProto.encode({ irVersion, producerName: 'earshot', opsetImport, graph }).finish();
  }

  #constant(tensor: onnxProto.onnx.ITensorProto & { name: string }): string {
    const name = `${tensor.name}_${this.#constants.length}`;
    this.#constants.push({ ...tensor, name });
    return name;
  }
}

/** Softmax over one axis, and attributes for what later versions take as inputs. */
const opset = 13;
const irVersion = 7;

interface ValueInfo {
  name: string;
  /** Without the batch axis. */
  shape: readonly number[];
}

function toValueInfo({ name, shape }: ValueInfo): onnxProto.onnx.IValueInfoProto {
  const dim = [{ dimParam: 'batch' }, ...shape.map((size) => ({ dimValue: size }))];
  return { name, type: { tensorType: { elemType: DataType.FLOAT, shape: { dim } } } };
}

function toAttribute(name: string, value: Attributes[string]): onnxProto.onnx.IAttributeProto {
  if ('int' in value) return { name, type: AttributeType.INT, i: value.int };
  if ('ints' in value) return { name, type: AttributeType.INTS, ints: [...value.ints] };
  return { name, type: AttributeType.FLOAT, f: value.float };
}

function littleEndian(data: Float32Array): Uint8Array {
  const bytes = new Uint8Array(data.byteLength);
  const view = new DataView(bytes.buffer);
  data.forEach((value, index) => view.setFloat32(index * Float32Array.BYTES_PER_ELEMENT, value, true));
  return bytes;
}
