/** Answers each message, an EngineCall, with an EngineAnswer. */
import process from 'node:process';
import { openEngine } from '../../dist/libs/models/src/engines/open-engine.js';

process.on('message', (call) => void answer(call).then((reply) => process.send(reply)));

async function answer({ engine: name, onnx, network, inputShapes, inputs, rows }) {
  try {
    const served = { inputShapes, onnx: async () => onnx, network: async () => network };
    const engine = await openEngine(name, served);
    try {
      const outputs = await engine.predict(inputs, rows);
      return { name: engine.name, outputs: outputs.map((values) => values.slice()) };
    } finally {
      await engine.dispose();
    }
  } catch (error) {
    return { error: error.name, message: error.message };
  }
}
