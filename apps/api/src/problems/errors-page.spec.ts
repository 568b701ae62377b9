import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { errorTable } from '#jobs';

const page = readFileSync(new URL('../../../../docs/errors.md', import.meta.url), 'utf8');
const rows = [...page.matchAll(/^\| `(\w+)`\s*\| (\d+)\s*\| (.+?)\s*\| (.+?)\s*\|$/gm)];

describe('docs/errors.md', () => {
  it('has every error with its status, what it means and what to do', () => {
    const listed = Object.fromEntries(rows.map(([, code = '', status]) => [code, Number(status)]));
    const coded = Object.fromEntries(Object.entries(errorTable).map(([code, { status }]) => [code, status]));
    expect(listed).toEqual(coded);
    expect(rows).toHaveLength(Object.keys(coded).length);
  });
});
