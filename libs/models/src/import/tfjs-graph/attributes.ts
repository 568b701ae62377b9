import { z } from 'zod';

/** In Base64, or byte by byte. */
const text = z
  .union([z.string(), z.array(z.int().min(0).max(255))])
  .transform((value) => Buffer.from(value as string, 'base64').toString('latin1'));
const integer = z.union([z.int(), z.string().regex(/^-?\d{1,15}$/)]).transform(Number);
const shape = z.object({
  dim: z.array(z.looseObject({ size: integer.default(0) })).default([]),
  unknownRank: z.boolean().optional(),
});
const readers = {
  s: text,
  i: integer,
  f: z.union([z.number(), z.enum(['Infinity', '-Infinity']).transform(Number)]),
  b: z.boolean(),
  type: z.union([z.int(), z.string()]),
  shape,
  list: z.looseObject({ i: z.array(integer).default([]), s: z.array(text).default([]) }),
};
type Kind = keyof typeof readers;

/** TensorFlow's names and numbers of types that a graph may speak of. */
const types = new Map<unknown, string>([
  [1, 'float32'],
  ['DT_FLOAT', 'float32'],
  [3, 'int32'],
  ['DT_INT32', 'int32'],
  [9, 'int64'],
  ['DT_INT64', 'int64'],
  [10, 'bool'],
  ['DT_BOOL', 'bool'],
]);

/** The attributes of one node. What nobody has asked for when the node is done is not supported. */
export class Attributes {
  readonly #left: Map<string, Record<string, unknown>>;

  /** @param refuse throws, with a message that names the node */
  constructor(
    attributes: Readonly<Record<string, Record<string, unknown>>>,
    private readonly refuse: (message: string) => never,
  ) {
    // TensorFlow's own notes begin with an underscore and change no result.
    this.#left = new Map(Object.entries(attributes).filter(([name]) => !name.startsWith('_')));
  }

  text<T extends string>(name: string, allowed: readonly T[], absent?: T): T {
    const value = this.#read(name, 's', absent);
    return (
      allowed.find((one) => one === value) ??
      this.refuse(`${name} = ${value} is not supported, it must be ${allowed.join(' or ')}`)
    );
  }

  integer(name: string, absent?: number): number {
    return this.#read(name, 'i', absent);
  }

  float(name: string, absent?: number): number {
    return this.#read(name, 'f', absent);
  }

  flag(name: string, absent?: boolean): boolean {
    return this.#read(name, 'b', absent);
  }

  integers(name: string, absent?: readonly number[]): readonly number[] {
    return this.#read(name, 'list', absent && { i: [...absent], s: [] }).i;
  }

  texts(name: string, absent?: readonly string[]): readonly string[] {
    return this.#read(name, 'list', absent && { i: [], s: [...absent] }).s;
  }

  /** Sizes, -1 where any is taken; undefined if not even the number of axes is known. */
  shape(name: string): number[] | undefined {
    const { dim, unknownRank } = this.#read(name, 'shape', { dim: [], unknownRank: true });
    return unknownRank ? undefined : dim.map(({ size }) => size);
  }

  type(name: string): string {
    const value = this.#read(name, 'type', 1);
    return (
      types.get(value) ??
      this.refuse(`${name} = ${value} is not supported, it must be one of ${[...new Set(types.values())].join(', ')}`)
    );
  }

  /** Attributes that say what the operands say again, or how fast something runs. */
  ignore(...names: string[]): void {
    for (const name of names) this.#left.delete(name);
  }

  /** Refuses what is left. */
  finish(): void {
    for (const [name, value] of this.#left) {
      if ('type' in value && Object.keys(value).length === 1) this.type(name);
      else this.refuse(`the attribute ${name} is not supported`);
    }
  }

  #read<K extends Kind>(
    name: string,
    kind: K,
    absent: z.output<(typeof readers)[K]> | undefined,
  ): z.output<(typeof readers)[K]> {
    const attribute = this.#left.get(name);
    this.#left.delete(name);
    if (attribute === undefined) return absent ?? this.refuse(`the attribute ${name} is missing`);
    // A default of the format is left out.
    const raw = attribute[kind] ?? { s: '', i: 0, f: 0, b: false, type: 0, shape: {}, list: {} }[kind];
    const parsed = readers[kind].safeParse(raw);
    return parsed.success
      ? (parsed.data as z.output<(typeof readers)[K]>)
      : this.refuse(`the attribute ${name} cannot be read`);
  }
}
