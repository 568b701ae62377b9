import { createRequire } from 'node:module';

import type onnxProto from 'onnx-proto';

/**
 * The messages of ONNX. Not by `import`: before that, Node searches the whole of a CommonJS file for its exports, which
 * takes 0.1 s of this one in every process.
 */
export const { onnx } = createRequire(import.meta.url)('onnx-proto') as typeof onnxProto;
