/**
 * `make`, remembering its latest results, for tables that cost more to compute than to keep.
 *
 * @param limit how many results are kept at most; the one used longest ago goes first. The keys come from recordings,
 *   so that without a limit a sender of many odd files would fill the memory.
 * @param make must depend on its key alone
 */
export function keepRecent<Key extends string | number, Value extends object>(
  limit: number,
  make: (key: Key) => Value,
): (key: Key) => Value {
  const kept = new Map<Key, Value>();
  return (key) => {
    const value = kept.get(key) ?? make(key);
    kept.delete(key);
    kept.set(key, value);
    for (const oldest of kept.keys()) {
      if (kept.size <= limit) break;
      kept.delete(oldest);
    }
    return value;
  };
}

/**
 * A spec as a key for {@link keepRecent}.
 *
 * @throws RangeError that names a field which is not finite: JSON has no such numbers, and would make it null
 */
export function keyOf(spec: object): string {
  return JSON.stringify(spec, (field, value: unknown) => {
    if (typeof value !== 'number' || Number.isFinite(value)) return value;
    throw new RangeError(`${field} is ${value}, not a finite number`);
  });
}
