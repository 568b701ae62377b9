import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const root = fileURLToPath(new URL('..', import.meta.url));

function filesBelow(folder: string, ending: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));
}

const pages = ['README.md', 'CONTRIBUTING.md', ...filesBelow('docs', '.md')];
const text = (path: string): string => readFileSync(join(root, path), 'utf8');

describe.each(pages)('%s', (page) => {
  it('links to nothing that is not there', () => {
    const links = [...text(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !existsSync(join(root, dirname(page), link)))).toEqual([]);
  });

  it('names no file that is not there', () => {
    const named = [...text(page).matchAll(/`((?:apps|bench|docs|libs|samples|scripts|test|training)\/[\w./-]+)`/g)];
    const paths = named.map(([, path = '']) => path).filter((path) => !path.includes('...'));
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

describe('docs/architecture', () => {
  it('is numbered in reading order, without gaps, and its first page links to every other', () => {
    const [overview = '', ...others] = filesBelow('docs/architecture', '.md').sort();
    const numbers = [overview, ...others].map((path) => Number(path.slice('docs/architecture/'.length).slice(0, 2)));
    expect(numbers).toEqual(numbers.map((_number, i) => i + 1));
    expect(others.filter((path) => !text(overview).includes(`](${path.slice('docs/architecture/'.length)})`))).toEqual(
      [],
    );
  });
});

describe('docs/glossary.md', () => {
  const rows = [...text('docs/glossary.md').matchAll(/^\| ([a-z ]+?) +\| (.+?) +\|$/gm)]
    .map(([, word = '', meaning = '']) => ({ word, planned: meaning.includes('planned') }))
    .filter(({ word }) => word !== 'word');
  const sources = ['apps', 'libs'].flatMap((folder) => filesBelow(folder, '.ts')).map(text);
  const identifiers = sources.join('\n').toLowerCase();

  it('is in alphabetical order, each word once', () => {
    const words = rows.map(({ word }) => word);
    expect(words.length).toBeGreaterThan(30);
    expect(words).toEqual([...new Set(words)].sort((a, b) => a.localeCompare(b, 'en')));
  });

  it('has only words that the code uses, or that are said to be planned', () => {
    const unused = rows.filter(({ word, planned }) => !planned && !identifiers.includes(word.replaceAll(' ', '')));
    expect(unused.filter(({ word }) => !identifiers.includes(word))).toEqual([]);
  });
});
