/** The first name that is there a second time; undefined when each is there once. */
export function firstRepeated(names: readonly string[]): string | undefined {
  const known = new Set<string>();
  return names.find((name) => known.size === known.add(name).size);
}
