import { refusal } from '../../errors.js';
import { Message } from './message.js';
import { checkTensor } from './tensors.js';

const maxNodes = 50_000;
/** What gives something else each time is no prediction. */
const random = new Set([
  'RandomNormal',
  'RandomNormalLike',
  'RandomUniform',
  'RandomUniformLike',
  'Multinomial',
  'Bernoulli',
]);

/**
 * Checks every node of a graph: only operators of ONNX itself, no graphs within nodes, no values elsewhere.
 *
 * @returns how many there are
 * @throws ModelError naming the node
 */
export function checkNodes(nodes: readonly Uint8Array[]): number {
  if (nodes.length > maxNodes) throw refusal(`the graph has ${nodes.length} nodes; ${maxNodes} are supported`);
  nodes.forEach((bytes, index) => checkNode(new Message(bytes, `node ${index + 1}`), index));
  return nodes.length;
}

function checkNode(node: Message, index: number): void {
  const op = node.text(4);
  const name = node.text(3) || node.texts(2)[0] || String(index + 1);
  const what = `layer ${name} (${op})`;
  const domain = node.text(7);
  if (domain !== '' && domain !== 'ai.onnx')
    throw refusal(`${what}: it is of the domain ${domain}; the operators of ONNX itself (ai.onnx) are supported`);
  if (node.text(8) !== '') throw refusal(`${what}: it is a function of the model's own, which is not supported`);
  if (random.has(op)) throw refusal(`${what}: it gives other values each time, which is not supported`);
  for (const bytes of node.list(5)) checkAttribute(new Message(bytes, what), what);
}

/** Numbers of AttributeProto's fields. */
const [tensorField, tensorsField, ...graphFields] = [5, 10, 6, 11];
const sparseFields = [22, 23];

function checkAttribute(attribute: Message, what: string): void {
  const name = attribute.text(1);
  if (graphFields.some((field) => attribute.has(field)))
    throw refusal(
      `${what}: ${name} is a graph within a node; loops and branches are not supported, export the model without them`,
    );
  if (sparseFields.some((field) => attribute.has(field)))
    throw refusal(`${what}: ${name} is a sparse tensor, which is not supported`);
  const tensor = attribute.one(tensorField);
  for (const bytes of [...(tensor ? [tensor] : []), ...attribute.list(tensorsField)])
    checkTensor(bytes, `${what}: ${name}`);
}
