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

  it('shortens its widest text, and never an id or a number, where there is less room', () => {
    const wide = [{ title: 'id', align: 'left', whole: true }, ...columns] as const;
    const rows = [
      ['job_0123456789', 'a-long-name.wav', '1000.0'],
      ['job_0123456789', 'a.wav', '1.0'],
    ];
    expect(toTable(wide, rows, 34)).toEqual([
      'id              file            ms',
      'job_0123456789  a-long-na…  1000.0',
      'job_0123456789  a.wav          1.0',
    ]);
    expect(toTable(wide, rows, 10)[1]).toBe('job_0123456789  a-long-…  1000.0');
    expect(toTable(wide, rows, 39)).toEqual(toTable(wide, rows));
  });

  it('leaves no blanks at the end of a line', () => {
    expect(toTable([{ title: 'file', align: 'left' }], [['a'], ['abcdef']])).toEqual(['file', 'a', 'abcdef']);
  });
});
