import { Option } from 'commander';

/** An option for some of these words, with commas between them. Shells offer them; which there are, the API knows. */
export function listOption(flags: string, description: string, words: readonly string[]): Option {
  return new Option(flags, description).choices(words).argParser((list: string) => list);
}
