import { describe, expect, it } from '@jest/globals';
import { toTable } from './table.js';

const columns = [
  { title: 'file', align: 'left' },
  { title: 'ms', align: 'right' },
] as const;

describe('a table', () => {
  it('is as wide as its widest cells, with numbers under one another', () => {
    expect(
      toTable(columns, [
        ['long-name.wav', '1.0'],
        ['a.wav', '110.0'],
      ]),
    ).toEqual(['file              ms', 'long-name.wav    1.0', 'a.wav          110.0']);
  });

  it('is its titles alone when it has no rows', () => {
    expect(toTable(columns, [])).toEqual(['file  ms']);
  });

  it('leaves no blanks at the end of a line', () => {
    expect(toTable([{ title: 'file', align: 'left' }], [['a'], ['abcdef']])).toEqual(['file', 'a', 'abcdef']);
  });
});
