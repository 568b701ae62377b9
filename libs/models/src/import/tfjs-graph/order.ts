import { refusal } from '../../errors.js';
import type { GraphNode } from './graph-def.js';

/** What a node's input refers to: an output of another node, or with `^` that it comes first. */
export function referenceOf(text: string): { name: string; output: number; control: boolean } {
  const control = text.startsWith('^');
  const [, name = '', output = '0'] = /^(.*?)(?::(\d{1,4}))?$/s.exec(control ? text.slice(1) : text) ?? [];
  return { name, output: Number(output), control };
}

/**
 * The nodes that the outputs need, each after those it takes from. Not recursive, as a graph may be deep.
 *
 * @param outputs references
 * @param given names of nodes whose values are there already
 * @throws ModelError if a node is missing, or the graph has a cycle
 */
export function inNeededOrder(
  nodes: ReadonlyMap<string, GraphNode>,
  outputs: Iterable<string>,
  given: Iterable<string>,
): GraphNode[] {
  const order: GraphNode[] = [];
  const done = new Set(given);
  const open = new Set<string>();
  const stack = [...outputs].map((reference) => referenceOf(reference).name).reverse();
  for (let name = stack.at(-1); name !== undefined; name = stack.at(-1)) {
    const node = nodes.get(name);
    if (done.has(name) || node === undefined) {
      if (node === undefined) throw refusal(`model.json: a node takes from ${name}, and there is none`);
      stack.pop();
    } else if (open.has(name)) {
      open.delete(name);
      done.add(name);
      order.push(node);
      stack.pop();
    } else {
      open.add(name);
      const missing = node.input.map(referenceOf).filter((input) => !input.control && !done.has(input.name));
      const cyclic = missing.find((input) => open.has(input.name));
      if (cyclic) throw refusal(`model.json: the graph has a cycle through ${cyclic.name}`);
      stack.push(...missing.map((input) => input.name).reverse());
    }
  }
  return order;
}
