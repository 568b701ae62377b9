import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { newProgram } from '../program.js';

async function scriptFor(shell: string): Promise<string> {
  let script = '';
  const stdout = { write: (text: string | Uint8Array) => (script += text.toString()) };
  const program = newProgram({ root: '/', version: '0.0.0', env: {}, stdout, stderr: stdout });
  await program.parseAsync(['completion', shell], { from: 'user' });
  return script;
}

/** What a real bash offers for the last of the words. */
async function offered(...words: string[]): Promise<string[]> {
  const call = `
    complete -p earshot > /dev/null || exit 1
    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(stale)
    _earshot || true
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const args = ['--norc', '-euc', `${await scriptFor('bash')}${call}`, 'bash', 'earshot', ...words];
  const { status, stdout, stderr } = spawnSync('bash', args, { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  return stdout.split('\n').filter(Boolean);
}

describe('completion in bash', () => {
  it.each([
    [['su'], ['submit']],
    [
      ['jobs', 're'],
      ['retry', 'remove', 'result'],
    ],
    [
      ['jobs', 'list', '--'],
      ['--status', '--model', '--batch', '--limit', '--json', '--help'],
    ],
    [['jobs', 'list', '--json', '--st'], ['--status']],
    [['webhooks', 'listen', '--s'], ['--secret']],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish', '-h', '--help'],
    ],
    [['submit', '--model', ''], []],
    [['submit', 'samp'], []],
    [['submit', ''], []],
    [['batch', ''], []],
    [
      ['batch', '--'],
      ['--model', '--out', '--watch', '--no-reuse', '--json', '--help'],
    ],
    [['jobs', 'list', '-s', 'queued,c'], ['queued,canceled']],
    [
      ['keys', 'create', '--scopes', ''],
      ['submit', 'read', 'admin', 'ops'],
    ],
    [['webhooks', 'listen', '--events', 'job.running,ba'], ['job.running,batch.finished']],
    [['nothing', 'su'], ['submit']],
  ])('of %j offers %j', async (words, offers) => {
    expect(await offered(...words)).toEqual(offers);
  });
});

it.each(['zsh', 'fish'])('the script for %s names every command', async (shell) => {
  const script = await scriptFor(shell);
  for (const word of ['submit', 'batch', 'jobs', 'retry', 'webhooks', 'listen', 'models', 'keys', 'status'])
    expect(script).toMatch(new RegExp(`\\b${word}\\b`));
});
