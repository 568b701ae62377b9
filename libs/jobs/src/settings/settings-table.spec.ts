import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { settingsTable, type SettingEntry } from './settings-table.js';

/** `# meaning` lines followed by `NAME=default`, or `# NAME=` where there is no default. */
const example = readFileSync(new URL('../../../../.env.example', import.meta.url), 'utf8');
const listed = [...example.matchAll(/((?:^# .*\n)+)^(#)?([A-Z][A-Z0-9_]+)=(.*)$/gm)].map(
  ([, meaning = '', commented, name = '', value = '']) => ({
    name,
    default: commented ? null : value,
    meaning: meaning.replaceAll(/^# /gm, '').replaceAll('\n', ' ').trim(),
  }),
);

const program = readFileSync(new URL('../../../../apps/cli/src/program.ts', import.meta.url), 'utf8');

describe('the command', () => {
  it('talks to the address that the table says, unless it is told another', () => {
    expect(/^const defaultUrl = '(.+)';$/m.exec(program)?.[1]).toBe(settingsTable.EARSHOT_URL.default);
  });
});

describe('.env.example', () => {
  it('lists every setting with its meaning and default, in the order of the table', () => {
    const expected = Object.entries<SettingEntry>(settingsTable).map(([name, entry]) => ({
      name,
      default: entry.default,
      meaning: `${entry.meaning} (read by: ${entry.readBy.join(', ')})`,
    }));
    expect(listed).toEqual(expected);
  });
});
