import { refusal } from '../../errors.js';
import { assignWeights, type AssignedWeights } from './assign-weights.js';
import type { Model } from './model.js';
import type { StoredWeight } from './take-weights.js';

/** Each layer's weights by role. A layer that has none may be missing in the file. */
export function assignAll(model: Model, stored: ReadonlyMap<string, readonly StoredWeight[]>): AssignedWeights {
  const assigned: AssignedWeights = new Map();
  for (const part of model.parts) assignWeights(part, stored.get(part.name) ?? [], assigned);
  const names = new Set(model.parts.map(({ name }) => name));
  for (const [layer, weights] of stored)
    if (weights.length > 0 && !names.has(layer))
      throw refusal(`there are weights of a layer ${layer}, and no such layer`);
  return assigned;
}
