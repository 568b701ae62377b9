import { describe, expect, it } from '@jest/globals';

import { parseYaml } from './yaml.js';

const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');
/** Nine lists, each of ten times the one before. */
const laughs = lines(
  9,
  (i) =>
    `k${i}: &k${i} [${Array(10)
      .fill(i === 0 ? 'ha' : `*k${i - 1}`)
      .join(', ')}]`,
);

describe('the YAML of a card', () => {
  it('is read as JSON would be, with its aliases', () => {
    expect(parseYaml('a: &a [1, x]\nb: *a\n')).toEqual({ a: [1, 'x'], b: [1, 'x'] });
  });

  it.each([
    ['a key twice', 'a: 1\nb: {c: 1, c: 2}', 'the key c is there twice'],
    ['what grows without bounds', laughs, 'Excessive alias count'],
    ['a map within itself', 'a: &a {b: [*a, *a]}', 'contains itself'],
    ['lists in lists', '['.repeat(33) + ']'.repeat(33), 'more than 32 deep'],
    ['lists in lists beyond the stack', '['.repeat(50_000), 'call stack'],
    ['objects of a programming language', 'a: !!js/function "1"', 'Unresolved tag'],
    ['several documents', 'a: 1\n---\na: 2', 'multiple documents'],
  ])('is refused for %s', (_, text, message) => {
    expect(() => parseYaml(text)).toThrow(message);
  });

  it('is read in seconds, with as many keys or aliases as a card has room for', () => {
    const started = performance.now();
    parseYaml(lines(20_000, (i) => `k${i}: 1`));
    expect(() => parseYaml(`a: &a {}\n${lines(15_000, (i) => `k${i}: *a`)}`)).toThrow('more than 100 aliases');
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});
