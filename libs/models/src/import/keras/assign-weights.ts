import { refusal } from '../../errors.js';
import { firstRepeated } from '../first-repeated.js';
import type { Layer } from './layer.js';
import type { StoredWeight } from './take-weights.js';

/** A layer's weights by their role. */
export type AssignedWeights = Map<Layer, Map<string, StoredWeight>>;

interface Slot {
  layer: Layer;
  role: string;
}

/** Roles of weights that training does not change by gradients. */
const neverTrained: ReadonlySet<string> = new Set(['moving_mean', 'moving_variance', 'mean', 'variance', 'count']);

/** Every role there is; a name in a file may end in something else. */
const knownRoles: ReadonlySet<string> = new Set([
  ...neverTrained,
  ...['kernel', 'recurrent_kernel', 'bias', 'depthwise_kernel', 'pointwise_kernel'],
  ...['gamma', 'beta', 'scale', 'embeddings', 'alpha'],
]);

/**
 * Finds the owner of each weight that a file has for a layer of the outermost model, among it and all layers inside
 * it: by name where that is clear, else by the order in which Keras lists them.
 *
 * @throws ModelError unless each weight has one owner and each owner all its weights
 */
export function assignWeights(top: Layer, stored: readonly StoredWeight[], assigned: AssignedWeights): void {
  const slots = slotsOf(top);
  const repeated = firstRepeated(stored.map(({ name }) => name));
  if (repeated !== undefined) throw refusal(`layer ${top.name}: the weight ${repeated} is there twice`);
  if (stored.length !== slots.length)
    throw refusal(`layer ${top.name}: it has ${stored.length} weights, and takes ${slots.length}`);
  const weights = byName(slots, stored) ?? byOrder(slots, stored);
  slots.forEach(({ layer, role }, i) => {
    const own = assigned.get(layer) ?? new Map<string, StoredWeight>();
    assigned.set(layer, own.set(role, weights[i]!));
  });
}

/** As Keras lists a layer's weights: those that are trained, then those that are not. */
function slotsOf(top: Layer): Slot[] {
  const [trained, fixed]: [Slot[], Slot[]] = [[], []];
  const visit = (layer: Layer, trains: boolean) => {
    const trainable = trains && layer.trainable;
    for (const role of layer.weights) (trainable && !neverTrained.has(role) ? trained : fixed).push({ layer, role });
    for (const part of layer.parts) visit(part, trainable);
  };
  visit(top, true);
  return [...trained, ...fixed];
}

function byName(slots: readonly Slot[], stored: readonly StoredWeight[]): StoredWeight[] | undefined {
  const found = slots.map(({ layer, role }) => {
    let candidates = stored.filter(({ name }) => isRole(roleOf(name), role));
    for (const name of layer.path.split('/').toReversed()) {
      if (candidates.length <= 1) break;
      const named = candidates.filter((candidate) => candidate.name.split('/').includes(name));
      if (named.length > 0) candidates = named;
    }
    return candidates.length === 1 ? candidates[0] : undefined;
  });
  const distinct = new Set(found);
  return !distinct.has(undefined) && distinct.size === slots.length ? (found as StoredWeight[]) : undefined;
}

function byOrder(slots: readonly Slot[], stored: readonly StoredWeight[]): readonly StoredWeight[] {
  slots.forEach(({ layer, role }, i) => {
    const { name } = stored[i]!;
    const storedRole = roleOf(name);
    // Keras 3 calls the kernel of a depthwise convolution what it calls any other.
    if (storedRole === 'kernel' && role === 'depthwise_kernel') return;
    if (knownRoles.has(storedRole) && !isRole(storedRole, role))
      throw refusal(`layer ${layer.path}: the weight ${role} is missing, there is ${name}`);
  });
  return stored;
}

/** `a/kernel:0` and, where a name was taken, `a/kernel_1` are both a kernel. */
function roleOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1).replace(/(_\d+)?(:0)?$/, '');
}

/** Keras 3 calls the kernel of a depthwise convolution a kernel. */
function isRole(stored: string, role: string): boolean {
  return stored === role || (stored === 'kernel' && role === 'depthwise_kernel');
}
