import { stringify } from 'yaml';

import { smallCard } from '../../models/make-bundle.js';
import type { Trial } from '../trial.js';

/** A model made by hand to do harm, and what its refusal says. */
export interface Crafted extends Trial {
  refusal: RegExp;
}

/** One weights file, imported by itself. */
export function weights(name: string, path: string, bytes: Uint8Array | string, refusal: RegExp): Crafted {
  return { name, names: { weights: path }, files: new Map([[path, Buffer.from(bytes)]]), refusal };
}

/** A folder with a card, registered as a whole. */
export function bundle(name: string, files: Record<string, Uint8Array | string>, refusal: RegExp): Crafted {
  const all = Object.entries({ 'model.yaml': stringify(smallCard), ...files });
  return {
    name: `bundle ${name}`,
    names: { weights: smallCard.weights },
    files: new Map(all.map(([path, content]) => [path, Buffer.from(content)])),
    bundle: true,
    refusal,
  };
}

/** Lists in lists, which a reader must not follow by recursion. */
export const nested = '['.repeat(100_000) + ']'.repeat(100_000);
