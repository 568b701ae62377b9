import { describe, expect, it } from '@jest/globals';

import { importTfjsGraph } from './import-tfjs-graph.js';

const types = { float: 1, int: 3 } as const;
type Type = keyof typeof types;

/** A graph that casts its input from one type to the next, and negates the last. */
function importCasts(...steps: [Type, ...Type[]]) {
  const casts = steps.slice(1).map((to, i) => ({
    ...{ name: `cast_${i + 1}`, op: 'Cast', input: [i === 0 ? 'x' : `cast_${i}`] },
    attr: { SrcT: { type: types[steps[i]!] }, DstT: { type: types[to] } },
  }));
  const shape = { dim: [{ size: '-1' }, { size: '2' }] };
  const node = [
    { name: 'x', op: 'Placeholder', attr: { dtype: { type: types[steps[0]] }, shape: { shape } } },
    ...casts,
    { name: 'y', op: 'Neg', input: [`cast_${casts.length}`], attr: { T: { type: 1 } } },
  ];
  const model = { format: 'graph-model', modelTopology: { node }, weightsManifest: [] };
  return importTfjsGraph(new TextEncoder().encode(JSON.stringify(model)), new Map()).network;
}

describe('a cast', () => {
  it('of an input of integers is left out: they are floats already', () => {
    expect(importCasts('int', 'float').nodes.map(({ operation }) => operation)).toEqual([
      { kind: 'activate', function: 'negate' },
    ]);
  });

  it('that leaves the whole part of an input to compute with is refused', () => {
    expect(() => importCasts('float', 'int', 'float')).toThrow(
      'layer cast_2 (Cast): it computes with the whole part of an input',
    );
  });
});
