/** Ends with 0 if ONNX Runtime finds a WebGPU device here that computes: -2 -> relu -> 0. */
import onnxProto from 'onnx-proto';
import { InferenceSession, Tensor } from 'onnxruntime-node';

const { onnx } = onnxProto;
const value = (name) => ({
  name,
  type: { tensorType: { elemType: onnx.TensorProto.DataType.FLOAT, shape: { dim: [{ dimValue: 1 }] } } },
});
const network = onnx.ModelProto.encode({
  irVersion: 7,
  opsetImport: [{ version: 13 }],
  graph: {
    name: 'probe',
    node: [{ opType: 'Relu', input: ['x'], output: ['y'] }],
    input: [value('x')],
    output: [value('y')],
  },
}).finish();

const session = await InferenceSession.create(network, { executionProviders: ['webgpu'] });
const { y } = await session.run({ x: new Tensor('float32', [-2], [1]) });
if (y.data[0] !== 0) throw new Error(`relu(-2) is ${y.data[0]} on the WebGPU device`);
await session.release();
