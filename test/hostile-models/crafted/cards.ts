import { stringify } from 'yaml';

import { smallCard } from '../../models/make-bundle.js';
import { bundle, type Crafted } from './crafted.js';

const card = stringify(smallCard);

/** Cards that name what is not theirs, or are larger than they look. YAML alone is tried beside its reader. */
export function cards(): Crafted[] {
  const written = (name: string, text: string, refusal: RegExp) => bundle(name, { 'model.yaml': text }, refusal);
  const naming = (weights: string) =>
    written(`whose weights are ${weights}`, stringify({ ...smallCard, weights }), /without folders/);
  const doubling = (i: number) => `k${i}: &k${i} [${i === 0 ? 'ha' : `*k${i - 1}, *k${i - 1}, *k${i - 1}`}]`;
  const laughs = Array.from({ length: 30 }, (_, i) => `  ${doubling(i)}`).join('\n');
  return [
    ...['../weights.bin', '/etc/passwd', '..', 'file:///etc/passwd'].map(naming),
    written('whose topology is outside', stringify({ ...smallCard, topology: '../model.json' }), /without folders/),
    written('with a card that grows', `${card}evaluation:\n${laughs}`, /not YAML: .*alias/),
    written('with a card within itself', `${card}evaluation: &e {again: [*e, *e]}`, /contains itself/),
    written(
      'with a card of lists in lists',
      `${card}evaluation: {a: ${'['.repeat(900)}${']'.repeat(900)}}`,
      /not YAML/,
    ),
    written('with a large card', card + '#'.repeat(2 ** 18), /at most 262144 are read/),
  ];
}
