import type { LayerKind } from '../layer.js';
import { arithmeticOperators } from './arithmetic.js';
import { operatorClass } from './operator-calls.js';
import { pointwiseOperators } from './pointwise.js';
import { shapeOperators } from './shapes.js';

const kinds = { ...arithmeticOperators, ...pointwiseOperators, ...shapeOperators };

/** The supported operators by the class of their layer. */
export const operatorKinds: ReadonlyMap<string, LayerKind> = new Map(
  Object.entries(kinds).map(([name, kind]) => [operatorClass(name), kind]),
);

/** Operators as Keras 3 names their classes. */
export const supportedOperators: readonly string[] = Object.keys(kinds);
