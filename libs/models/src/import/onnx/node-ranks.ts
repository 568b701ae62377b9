import type onnxProto from 'onnx-proto';

/** Operators whose result has as many axes as what comes first. */
const keeping = new Set([
  ...['Add', 'Sub', 'Mul', 'Div', 'Pow', 'Sum', 'Max', 'Min', 'Mean', 'Concat', 'Pad', 'Transpose', 'Upsample'],
  ...['Conv', 'ConvTranspose', 'MaxPool', 'AveragePool', 'LpPool', 'GlobalMaxPool', 'GlobalAveragePool', 'LRN'],
  ...['BatchNormalization', 'InstanceNormalization', 'Dropout', 'Softmax', 'LogSoftmax', 'Identity', 'Clip'],
  ...['Relu', 'PRelu', 'LeakyRelu', 'Elu', 'Selu', 'Sigmoid', 'HardSigmoid', 'Tanh', 'Softplus', 'Softsign'],
  ...['Exp', 'Log', 'Sqrt', 'Reciprocal', 'Abs', 'Neg', 'Ceil', 'Floor'],
]);

/** How many axes values of a graph have, by name: those that the graph tells, or that follow from others. */
export function nodeRanks(graph: onnxProto.onnx.IGraphProto): ReadonlyMap<string, number> {
  const ranks = new Map<string, number>();
  for (const { name, dims } of graph.initializer ?? []) ranks.set(name ?? '', dims?.length ?? 0);
  for (const { name, type } of [...(graph.input ?? []), ...(graph.valueInfo ?? []), ...(graph.output ?? [])]) {
    const dim = type?.tensorType?.shape?.dim;
    if (dim && !ranks.has(name ?? '')) ranks.set(name ?? '', dim.length);
  }
  for (const { opType, input, output } of graph.node ?? []) {
    const rank =
      opType === 'Gemm' || opType === 'Flatten'
        ? 2
        : keeping.has(opType ?? '')
          ? ranks.get(input?.[0] ?? '')
          : undefined;
    const [first] = output ?? [];
    if (rank !== undefined && first !== undefined && !ranks.has(first)) ranks.set(first, rank);
  }
  return ranks;
}
