import { refusal } from '../../errors.js';
import type { Operation } from '../../network/operations.js';
import type { NetworkBuilder } from '../../network/network-builder.js';
import { isAllFinite, shapeText, type Tensor } from '../../network/tensor.js';
import { Attributes } from './attributes.js';
import type { GraphNode } from './graph-def.js';
import {
  rankOf,
  type Flow,
  type GraphValue,
  type Known,
  type NodeValue,
  type Size,
  type Spread,
} from './graph-value.js';

/** What all nodes of a graph share. */
export interface Surroundings {
  builder: NetworkBuilder;
  /** The names of the network's inputs, and whether the graph calls their values integers. */
  inputs: ReadonlyMap<string, boolean>;
  weights: ReadonlyMap<string, Known>;
  /** What the first axis of the graph's inputs was fixed at, if it was: a shape may then name it as a number. */
  fixedBatch: number | undefined;
}

/** One node of the graph while it is imported: what it is applied to, by position, checked as it is taken. */
export class Call {
  readonly name: string;
  readonly attributes: Attributes;
  readonly #op: string;

  constructor(
    { name, op, attr }: GraphNode,
    readonly values: readonly NodeValue[],
    readonly surroundings: Surroundings,
  ) {
    this.name = name;
    this.#op = op;
    this.attributes = new Attributes(attr, (message) => this.refuse(message));
  }

  refuse(message: string): never {
    throw refusal(`layer ${this.name} (${this.#op}): ${message}`);
  }

  get inputs(): readonly GraphValue[] {
    return this.values.map((_, index) => this.input(index));
  }

  input(index: number): GraphValue {
    const value = this.values[index] ?? this.refuse(`it has ${this.values.length} inputs, and takes more`);
    if (value.kind !== 'spread') return value;
    return this.refuse('only a convolution and BatchToSpaceND may follow SpaceToBatchND');
  }

  /** What SpaceToBatchND has given, if the first input is that. */
  spread(): Spread | undefined {
    const [value] = this.values;
    return value?.kind === 'spread' ? value : undefined;
  }

  /** @param rank with the batch axis */
  flow(index: number, rank?: number): Flow {
    const value = this.input(index);
    if (value.kind !== 'flow') this.refuse(`its input ${index + 1} is a constant, which is not supported`);
    if (value.whole) this.refuse(`its input ${index + 1} is of integers; 32-bit floats are supported`);
    if (rank !== undefined && rankOf(value) !== rank)
      this.refuse(`its input has ${rankOf(value)} axes with the batch, and must have ${rank}`);
    return value;
  }

  /** A constant of finite floats. */
  floats(index: number, rank?: number): Tensor {
    const value = this.input(index);
    if (value.kind !== 'floats') this.refuse(`its input ${index + 1} must be a constant of 32-bit floats`);
    if (rank !== undefined && value.shape.length !== rank)
      this.refuse(`its constant is ${shapeText(value.shape)}, and must have ${rank} axes`);
    if (!isAllFinite(value.values)) this.refuse('its constant holds values that are not finite');
    return { shape: value.shape, data: value.values };
  }

  scalar(index: number): number {
    const value = this.input(index);
    if (value.kind !== 'floats' || value.values.length !== 1)
      this.refuse(`its input ${index + 1} must be one constant number`);
    return value.values[0]!;
  }

  /** Constant whole numbers, of which some may depend on the batch's size. */
  sizes(index: number): readonly Size[] {
    const value = this.input(index);
    if (value.kind !== 'integers') this.refuse(`its input ${index + 1} must be known before an input is`);
    return value.values;
  }

  integers(index: number): number[] {
    return this.sizes(index).map((size) =>
      typeof size === 'number'
        ? size
        : this.refuse(`its input ${index + 1} depends on the number of inputs, which is not supported`),
    );
  }

  integer(index: number): number {
    const values = this.integers(index);
    return values.length === 1 ? values[0]! : this.refuse(`its input ${index + 1} must be one whole number`);
  }

  /** Counted from 0, with the batch axis; not the batch axis itself. */
  axis(given: number, rank: number): number {
    const axis = given < 0 ? given + rank : given;
    if (axis === 0) this.refuse('it acts on the batch axis, where every input must be for itself');
    if (axis < 0 || axis >= rank) this.refuse(`its input has no axis ${given}`);
    return axis;
  }

  /** Adds a node to the network. All of `flows` have as many rows for each input. */
  add(operation: Operation, ...flows: readonly [Flow, ...Flow[]]): Flow {
    const [{ times }] = flows;
    if (flows.some((flow) => flow.times !== times)) this.refuse('its inputs have different numbers of rows');
    return {
      ...flows[0],
      value: this.surroundings.builder.add(this.name, operation, ...flows.map(({ value }) => value)),
    };
  }

  /** A constant as something to calculate with; its shape has no batch axis. */
  constant(value: Tensor, times: number): Flow {
    const node = this.surroundings.builder.add(`${this.name}/constant`, { kind: 'constant', value });
    return { kind: 'flow', value: node, times, whole: false };
  }

  /** The same values in another shape, which has no batch axis. */
  reshape(flow: Flow, shape: readonly number[], times = flow.times): Flow {
    const same = times === flow.times && shapeText(shape) === shapeText(flow.value.shape);
    return same ? flow : { ...this.add({ kind: 'reshape', shape }, flow), times };
  }

  /** @param order of the axes without the batch */
  transpose(flow: Flow, order: readonly number[]): Flow {
    return order.every((axis, index) => axis === index) ? flow : this.add({ kind: 'transpose', order }, flow);
  }
}
