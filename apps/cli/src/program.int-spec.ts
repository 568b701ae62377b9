import { expect, it } from '@jest/globals';
import { withHttp } from '../../../test/with-http.js';
import { newProgram } from './program.js';

/** What `earshot models` writes to a terminal of this kind and width. */
function written(term: string, columns: number): Promise<string> {
  const models = [{ name: 'a-model-of-a-long-name', versions: ['1.0.0'], aliases: { latest: '1.0.0' } }];
  return withHttp(
    (_, response) => response.end(JSON.stringify({ models })),
    async ({ url }) => {
      let text = '';
      const stdout = { isTTY: true, columns, write: (part: string | Uint8Array) => (text += part.toString()) };
      const env = { EARSHOT_URL: url, TERM: term };
      const program = newProgram({ root: '/', version: '0.0.0', env, stdout, stderr: stdout });
      await program.parseAsync(['models'], { from: 'user' });
      return text;
    },
  );
}

it('a terminal is sent escape codes, unless it knows none', async () => {
  expect(await written('xterm', 80)).toContain('\x1b[');
  expect(await written('dumb', 80)).not.toContain('\x1b');
});

it('a table is no wider than the terminal', async () => {
  expect(await written('xterm', 80)).toContain('a-model-of-a-long-name  1.0.0     latest = 1.0.0  -     -\n');
  expect(await written('xterm', 50)).toContain('a-model-of-…  1.0.0     latest = 1.0…  -     -\n');
});
