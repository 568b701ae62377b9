import { describe, expect, it } from '@jest/globals';

import { Random } from '../../libs/models/test-support/networks/random.js';
import { baseFiles } from './base-files.js';
import { craftedFiles } from './crafted-files.js';
import { mutateBytes, mutateJson } from './mutations.js';
import { runTrials, type Outcome, type Trial } from './trial.js';

const seed = 20_240_501;
const mutations = 1_100;
/** What a process that reads models may take, of which the two engines take 170 MiB before any file is there. */
const maxBytes = 2 ** 30;

/** One of the base's files, damaged. */
function mutated(base: Trial, index: number): Trial {
  const random = new Random(seed + index);
  const [name, bytes] = random.pick([...base.files]);
  const isJson = name.endsWith('.json') && random.chance(0.7);
  const { how, bytes: changed } = isJson
    ? { how: 'json', bytes: Buffer.from(mutateJson(Buffer.from(bytes).toString(), random)) }
    : mutateBytes(bytes, random);
  return { ...base, name: `${index}: ${base.name}, ${name} ${how}`, files: new Map([...base.files, [name, changed]]) };
}

function faults(outcomes: readonly Outcome[]): Outcome[] {
  return outcomes.filter(
    ({ outcome, peakBytes = 0 }) => !['valid', 'refused'].includes(outcome) || peakBytes > maxBytes,
  );
}

describe('hostile models', () => {
  const bases = baseFiles();

  it('are made of files that are good themselves', async () => {
    const outcomes = await runTrials(bases);
    expect(outcomes.filter(({ outcome }) => outcome !== 'valid')).toEqual([]);
  }, 60_000);

  it(`that are damaged, ${mutations} of them, are refused or still valid, and end no process`, async () => {
    const trials = Array.from({ length: mutations }, (_, index) => mutated(bases[index % bases.length]!, index));
    const outcomes = await runTrials(trials);
    expect(faults(outcomes)).toEqual([]);
    expect(outcomes).toHaveLength(mutations);
    // Damage that nothing notices would mean that nothing was tried.
    expect(outcomes.filter(({ outcome }) => outcome === 'refused').length).toBeGreaterThan(mutations / 3);
  }, 180_000);

  it('that are made to do harm are refused in words', async () => {
    const crafted = craftedFiles();
    const outcomes = await runTrials(crafted);
    expect(faults(outcomes)).toEqual([]);
    const said = new Map(outcomes.map(({ trial, outcome, message }) => [trial, `${outcome}: ${message}`]));
    const others = crafted.filter(({ name, refusal }) => !refusalOf(refusal).test(said.get(name)!));
    expect(others.map(({ name, refusal }) => ({ name, refusal, said: said.get(name) }))).toEqual([]);
    // What a file says of itself may be of any length.
    expect(Math.max(...outcomes.map(({ message = '' }) => message.length))).toBeLessThan(2100);
  }, 120_000);
});

function refusalOf({ source }: RegExp): RegExp {
  return new RegExp(`^refused: .*(${source})`, 's');
}
