import type { Place } from './words.js';

/** The shells that there are scripts for; where no word of the command fits, they complete files. */
export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** The script that completes `earshot` in a shell. */
export function toScript(shell: Shell, places: readonly Place[]): string {
  return { bash: toBash, zsh: toZsh, fish: toFish }[shell](places);
}

/** Walks over the words before the cursor to the command that they name; runs in bash and, as it is, in zsh. */
function toWalk(places: readonly Place[], [from, to, word]: readonly [string, string, string]): string {
  const paths = places.filter(({ path }) => path !== '').map(({ path }) => quote(` ${path}`));
  return `  local path= i
  for ((i = ${from}; i < ${to}; i++)); do
    case "$path ${word}" in
      ${paths.join(' | ')}) path="$path ${word}" ;;
    esac
  done`;
}

/** Bash 3.2, which macOS has, does it too. */
function toBash(places: readonly Place[]): string {
  const valued = places.flatMap(({ path, valued }) => valued.map((flag) => quote(toAddress(path, flag))));
  const words = places.map(({ path, words, takesFile }) => {
    const list = words.map(({ word }) => word).join(' ');
    const where = takesFile ? '[[ $word != -* ]] || ' : '';
    return `    ${quote(toAddress(path))}) ${where}words=${quote(list)} ;;`;
  });
  const lists = places.flatMap(({ path, listed }) =>
    listed.map(({ flags, values }) => {
      const cases = flags.map((flag) => quote(toAddress(path, flag))).join(' | ');
      return `    ${cases}) before=\${word%"\${word##*,}"} words=${quote(values.join(' '))} ;;`;
    }),
  );
  return `# bash completion of earshot: eval "$(earshot completion bash)"
_earshot() {
${toWalk(places, ['1', 'COMP_CWORD', '${COMP_WORDS[i]}'])}
  COMPREPLY=()
  local word="\${COMP_WORDS[COMP_CWORD]}" before= words=
  case "$path \${COMP_WORDS[COMP_CWORD - 1]}" in
${lists.join('\n')}
    ${valued.join(' | ')}) return ;;
    *) case "$path" in
${words.join('\n')}
    esac ;;
  esac
  COMPREPLY=($(compgen -P "$before" -W "$words" -- "\${word#"$before"}"))
}
complete -o default -F _earshot earshot
`;
}

function toZsh(places: readonly Place[]): string {
  const valued = places.flatMap(({ path, valued }) => valued.map((flag) => quote(toAddress(path, flag))));
  const words = places.map(({ path, words }) => {
    const list = words.map(({ word, meaning }) => quote(`${word}:${meaning}`));
    return `    ${quote(toAddress(path))}) known=(${list.join(' ')}) ;;`;
  });
  // A variable named path would be the search path of zsh.
  return `#compdef earshot
# zsh completion of earshot: source <(earshot completion zsh)
_earshot() {
${toWalk(places, ['2', 'CURRENT', '${words[i]}']).replaceAll('path', 'at')}
  case "$at \${words[CURRENT - 1]}" in
    ${valued.join(' | ')}) _files; return ;;
  esac
  local -a known
  case "$at" in
${words.join('\n')}
  esac
  _describe earshot known
  _files
}
compdef _earshot earshot
`;
}

function toFish(places: readonly Place[]): string {
  const lines = places.flatMap(({ path, words, valued }) => {
    const commands = path === '' ? [] : path.split(' ');
    const deeper = places.flatMap((place) => {
      const rest = place.path.split(' ');
      return rest.length === commands.length + 1 && place.path.startsWith(path) ? rest.slice(-1) : [];
    });
    const seen = commands.map((command) => `__fish_seen_subcommand_from ${command}`);
    const unseen = deeper.filter(Boolean).length > 0 ? [`not __fish_seen_subcommand_from ${deeper.join(' ')}`] : [];
    const condition = [...seen, ...unseen].join('; and ') || 'true';
    return words.map(({ word, meaning }) => {
      const flag = /^(--?)(.+)$/.exec(word);
      const value = valued.includes(word) ? ' -r' : '';
      const what = flag ? `${flag[1] === '--' ? '-l' : '-s'} ${flag[2]}${value}` : `-a ${word}`;
      return `complete -c earshot -n ${quote(condition)} ${what} -d ${quote(meaning)}`;
    });
  });
  return `# fish completion of earshot: earshot completion fish | source\n${lines.join('\n')}\n`;
}

/** How a place is told from others: its commands, each after a blank. */
function toAddress(path: string, word?: string): string {
  return [...(path === '' ? [] : [path]), ...(word === undefined ? [] : [word])].map((part) => ` ${part}`).join('');
}

/** For any of the shells; what would need more than quotes is left out. */
function quote(text: string): string {
  return `'${text.replace(/['\\\p{Cc}]/gu, '')}'`;
}
