/** The same names, with what is made of each value. */
export function mapValues<Value, To>(
  values: Readonly<Record<string, Value>>,
  to: (value: Value, name: string) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, to(value, name)]));
}
