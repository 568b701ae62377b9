import { Dataset, Group } from 'h5wasm';

import { refusal } from '../../errors.js';
import type { AssignedWeights } from './assign-weights.js';
import { storedWeight, type Spend } from './hdf5-weights.js';
import type { Layer } from './layer.js';
import { modelClasses } from './topology.js';

/**
 * The weights of a `.keras` archive. They lie at `layers/<class>[_<n>]/vars/<i>`: Keras counts the layers of a class
 * in their order and takes no notice of names.
 *
 * @throws ModelError unless each weight has one owner and each owner all its weights
 */
export function archivedWeights(model: Layer, file: Group, spend: Spend): AssignedWeights {
  const assigned: AssignedWeights = new Map();
  const stored = storedPaths(file);
  const visit = (layer: Layer, path: string) => {
    const own = layer.weights.map((role, i) => [role, `${path}${variablesOf(layer)}/${i}`] as const);
    for (const [role, place] of own)
      if (!stored.delete(place)) throw refusal(`layer ${layer.path}: the weight ${role} is missing at ${place}`);
    if (own.length > 0)
      assigned.set(layer, new Map(own.map(([role, place]) => [role, storedWeight(file, place, spend)])));
    for (const [part, place] of partPaths(layer)) visit(part, path + place);
  };
  visit(model, '');
  const [left] = stored;
  if (left !== undefined) throw refusal(`there is a weight at ${left}, and no layer that takes it`);
  return assigned;
}

/** Recurrent layers keep their weights in a cell. */
function variablesOf({ className }: Layer): string {
  return /LSTM$|GRU$|RNN$/.test(className) ? '/cell/vars' : '/vars';
}

/** Where the layers inside a layer lie, from there. */
function partPaths({ className, parts }: Layer): [Layer, string][] {
  if (modelClasses.includes(className)) return numbered(parts);
  const attributes = className === 'Bidirectional' ? ['forward_layer', 'backward_layer'] : ['layer'];
  return parts.map((part, i) => [part, `/${attributes[i]}`]);
}

function numbered(layers: readonly Layer[]): [Layer, string][] {
  const counts = new Map<string, number>();
  return layers.map((layer) => {
    const name = snakeCase(layer.className);
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    return [layer, `/layers/${name}${count === 0 ? '' : `_${count}`}`];
  });
}

/** As Keras turns the name of a class into that of a variable. */
function snakeCase(className: string): string {
  return className
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

/** Keras makes three or four for each layer. */
const maxGroups = 20_000;

/** The paths of all weights of layers: what only training needs, and the state of random numbers, lies elsewhere. */
function storedPaths(file: Group): Set<string> {
  const found = new Set<string>();
  let groups = 0;
  const visit = (group: Group, path: string) => {
    // A group may hold itself.
    if (++groups > maxGroups) throw refusal(`the weights lie in more than ${maxGroups} groups`);
    for (const key of group.keys()) {
      const place = `${path}/${key}`;
      if (place.length > 1000) throw refusal('the weights lie in groups within groups, deeper than Keras makes them');
      if (key === 'seed_generator' || place === '/optimizer' || place === '/metrics' || place === '/vars') continue;
      const entity = group.get(key);
      if (entity instanceof Group) visit(entity, place);
      else if (entity instanceof Dataset) found.add(place);
    }
  };
  visit(file, '');
  return found;
}
