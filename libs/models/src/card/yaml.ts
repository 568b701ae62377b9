import { isScalar, parseDocument, visit, type YAMLMap } from 'yaml';

const maxDepth = 32;
const maxAliases = 100;

/**
 * The content of a YAML text, as JSON could have it too: aliases are resolved.
 *
 * @throws Error if it is not YAML, has tags of its own, a key twice, more than 100 aliases, or lists and maps more than
 *   32 deep or within themselves
 */
export function parseYaml(text: string): unknown {
  // The library compares each key with each other, which takes minutes for as many as fit into a card.
  const document = parseDocument(text, { uniqueKeys: false });
  const [fault] = [...document.errors, ...document.warnings];
  if (fault) throw fault;
  let aliases = 0;
  visit(document, {
    Map: (_, map) => requireUniqueKeys(map),
    // The library looks for what each means from the start, and counts only what some of them grow to.
    Alias: () => {
      if (++aliases > maxAliases) throw new Error(`there are more than ${maxAliases} aliases`);
    },
  });
  const content: unknown = document.toJS();
  requireShallow(content, []);
  return content;
}

function requireUniqueKeys({ items }: YAMLMap): void {
  const known = new Set<unknown>();
  for (const { key } of items) {
    const name = isScalar(key) ? key.value : key;
    if (known.has(name)) throw new Error(`the key ${String(name)} is there twice`);
    known.add(name);
  }
}

/** What reads the content follows it by recursion. */
function requireShallow(value: unknown, around: readonly object[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (around.includes(value)) throw new Error('a list or map contains itself');
  if (around.length === maxDepth) throw new Error(`lists and maps lie in each other more than ${maxDepth} deep`);
  for (const part of Object.values(value)) requireShallow(part, [...around, value]);
}
