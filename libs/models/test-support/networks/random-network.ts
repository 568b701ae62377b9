import { applyOperation } from '../../src/evaluate/apply-operation.js';
import type { Batch } from '../../src/evaluate/batch.js';
import type { Network, Value } from '../../src/network/graph.js';
import { NetworkBuilder } from '../../src/network/network-builder.js';
import type { Operation } from '../../src/network/operations.js';
import { valueCount } from '../../src/network/tensor.js';
import { Random } from './random.js';
import { randomOperation, unaryKinds } from './random-operation.js';

/** A network, and inputs for it on which it is well-behaved: small errors stay small. */
export interface RandomNetwork {
  network: Network;
  inputs: readonly Float32Array[];
  rows: number;
}

const rows = 3;
const mostValues = 600;

/**
 * A network of small random operations in chains and branches, with one input or two and with every value that
 * nothing else takes for an output.
 *
 * @param steps how many operations are tried, at least; those that nothing of the network fits are left out
 */
export function randomNetwork(seed: number, steps: number): RandomNetwork {
  const drafting = new Draft(new Random(seed));
  for (let step = 0; step < steps; step++) drafting.grow();
  return drafting.finish();
}

interface Known {
  value: Value;
  batch: Batch;
}

class Draft {
  readonly #random: Random;
  readonly #builder = new NetworkBuilder();
  readonly #inputs: Float32Array[] = [];
  readonly #known: Known[] = [];
  #count = 0;

  constructor(random: Random) {
    this.#random = random;
    this.#input(random.pick([[5], [6, 3], [5, 4, 2], [4, 6, 3], [3, 2, 4, 2]]), (shape) => random.values(shape, -2, 2));
    if (random.chance(0.3)) this.#input([4, 3], (shape) => random.values(shape, -2, 2));
    if (random.chance(0.2)) this.#embedding();
  }

  grow(): void {
    const join = this.#random.unit();
    if (join < 0.12) this.#arithmetic();
    else if (join < 0.2) this.#concatenate();
    else if (join < 0.28) this.#reshape();
    else if (join < 0.32) this.#onEachStep();
    else this.#unary();
  }

  finish(): RandomNetwork {
    const network = this.#builder.finish(
      new Map(this.#known.map(({ value }) => [value.name, value] as const).filter(([name]) => !this.#isTaken(name))),
    );
    return { network, inputs: this.#inputs, rows };
  }

  readonly #taken = new Set<string>();

  #isTaken(name: string): boolean {
    return this.#taken.has(name);
  }

  #input(shape: readonly number[], values: (shape: readonly number[]) => { data: Float32Array }): Known {
    const { data } = values([rows, ...shape]);
    const value = this.#builder.input(`input_${this.#inputs.length}`, shape);
    this.#inputs.push(data);
    const known = { value, batch: { shape, rows, constant: false, data } };
    this.#known.push(known);
    return known;
  }

  #embedding(): void {
    const size = this.#random.whole(2, 6);
    const numbers = () => Float32Array.from({ length: rows * 4 }, () => this.#random.whole(0, size - 1));
    const input = this.#input([4], () => ({ data: numbers() }));
    this.#add({ kind: 'embedding', table: this.#random.values([size, 3]) }, input);
  }

  #any(): Known {
    // Rather the newest, so that chains become long.
    return this.#random.chance(0.6) ? this.#known.at(-1)! : this.#random.pick(this.#known);
  }

  #unary(): void {
    const source = this.#any();
    const operation = randomOperation(this.#random, this.#random.pick(unaryKinds), source.value.shape);
    if (operation) this.#add(operation, source);
  }

  #arithmetic(): void {
    const random = this.#random;
    const a = this.#any();
    const operators = ['add', 'subtract', 'multiply', 'divide', 'maximum', 'minimum', 'power'] as const;
    const operation: Operation = { kind: 'arithmetic', operator: random.pick(operators) };
    const partners = this.#known.filter(({ value }) => fits(value.shape, a.value.shape));
    const shape = a.value.shape.map((size) => (random.chance(0.3) ? 1 : size)).slice(random.whole(0, 1));
    const b = random.chance(0.5) ? random.pick(partners) : this.#constant(shape.length > 0 ? shape : [1]);
    const operands = random.chance(0.5) ? [a, b] : [b, a];
    this.#add(operation, ...operands);
  }

  #concatenate(): void {
    const a = this.#any();
    const axis = this.#random.whole(0, a.value.shape.length - 1);
    const others = (shape: readonly number[]) => shape.toSpliced(axis, 1).join();
    const partners = this.#known.filter(
      ({ value: { shape } }) => shape.length === a.value.shape.length && others(shape) === others(a.value.shape),
    );
    const b = this.#random.chance(0.7)
      ? this.#random.pick(partners)
      : this.#constant(a.value.shape.with(axis, this.#random.whole(1, 3)));
    this.#add({ kind: 'concatenate', axis }, ...this.#random.shuffled([a, b, a].slice(this.#random.whole(0, 1))));
  }

  #reshape(): void {
    const source = this.#any();
    const sizes = this.#random.shuffled(source.value.shape);
    const shape = this.#random.chance(0.5) ? sizes : [valueCount(sizes.slice(0, -1)), sizes.at(-1)!];
    this.#add({ kind: 'reshape', shape }, source);
  }

  /** As a layer that is distributed over time. */
  #onEachStep(): void {
    const source = this.#any();
    const [steps, ...shape] = source.value.shape;
    const operation = shape.length > 0 && randomOperation(this.#random, this.#random.pick(unaryKinds), shape);
    if (!operation) return;
    const apart = this.#add({ kind: 'reshape', shape }, source);
    const each = apart && this.#add(operation, apart);
    if (each) this.#add({ kind: 'reshape', shape: [steps!, ...each.value.shape] }, each);
    // Rows that were regrouped fit nothing else.
    for (const known of [apart, each]) if (known) this.#known.splice(this.#known.indexOf(known), 1);
  }

  #constant(shape: readonly number[]): Known {
    const operation: Operation = { kind: 'constant', value: this.#random.values(shape, 0.3, 1.5) };
    const value = this.#builder.add(`constant_${++this.#count}`, operation);
    return { value, batch: { shape, rows: 1, constant: true, data: operation.value.data } };
  }

  /** Undefined if the operation cannot be applied, or not to these values. */
  #add(operation: Operation, ...inputs: readonly Known[]): Known | undefined {
    const layer = `${operation.kind}_${++this.#count}`;
    const values = inputs.map(({ value }) => value);
    const shape = wellBehavedShape(operation, inputs);
    if (!shape || valueCount(shape) > mostValues) return undefined;
    const value = this.#builder.add(layer, operation, ...values);
    const batch = applied(
      operation,
      value.shape,
      inputs.map(({ batch: own }) => own),
    );
    for (const { name } of values) this.#taken.add(name);
    const known = { value, batch };
    this.#known.push(known);
    return known;
  }
}

function applied(operation: Operation, shape: readonly number[], inputs: readonly Batch[]): Batch {
  const node = { name: 'node', layer: 'layer', operation, shape, inputs: inputs.map(() => '') };
  return applyOperation(node, inputs);
}

/** The shape that an operation gives, if what it gives is bounded and changes little where its inputs change little. */
function wellBehavedShape(operation: Operation, inputs: readonly Known[]): readonly number[] | undefined {
  const shape = shapeOf(operation, inputs);
  if (!shape || valueCount(shape) > mostValues) return undefined;
  const batches = inputs.map(({ batch }) => batch);
  const exact = applied(operation, shape, batches).data;
  if (!exact.every((value) => Math.abs(value) < 50)) return undefined;
  if (operation.kind === 'embedding') return shape;
  const near = applied(operation, shape, batches.map(nudged)).data;
  const steady = exact.every((value, i) => Math.abs(near[i]! - value) < 30 * nudge * (1 + Math.abs(value)));
  return steady ? shape : undefined;
}

const nudge = 1e-3;

function nudged(batch: Batch): Batch {
  return {
    ...batch,
    data: batch.data.map((value, i) => value + nudge * (i % 2 === 0 ? 1 : -1) * (1 + Math.abs(value))),
  };
}

function shapeOf(operation: Operation, inputs: readonly Known[]): readonly number[] | undefined {
  const builder = new NetworkBuilder();
  try {
    const values = inputs.map(({ value }, i) => builder.input(`input_${i}`, value.shape));
    return builder.add('layer', operation, ...values).shape;
  } catch {
    return undefined;
  }
}

function fits(a: readonly number[], b: readonly number[]): boolean {
  const rank = Math.min(a.length, b.length);
  const [tailA, tailB] = [a.slice(-rank), b.slice(-rank)];
  return tailA.every((size, axis) => size === tailB[axis] || size === 1 || tailB[axis] === 1);
}
