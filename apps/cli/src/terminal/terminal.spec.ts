import { describe, expect, it } from '@jest/globals';
import { Terminal } from './terminal.js';

function newTerminal({ isTTY = false, colours = false, columns = 80, now = () => 0 }) {
  const written: string[] = [];
  const terminal = new Terminal({ isTTY, columns, write: (text: string) => written.push(text) }, colours, now);
  return { terminal, text: () => written.join('') };
}

describe('a line of progress', () => {
  it('is rewritten in place on a terminal, and gone before the next line', () => {
    const { terminal, text } = newTerminal({ isTTY: true });
    terminal.progress('1 of 2');
    terminal.progress('2 of 2');
    terminal.line('done');
    expect(text()).toBe('\r\x1b[K1 of 2\r\x1b[K2 of 2\r\x1b[Kdone\n');
  });

  it('never wraps, as only its last row could be taken away', () => {
    const { terminal, text } = newTerminal({ isTTY: true, columns: 10 });
    terminal.progress('1 of 1000 done');
    expect(text()).toBe('\r\x1b[K1 of 100…');
  });

  it('goes aside where the lines are for a program', () => {
    const [lines, aside]: [string[], string[]] = [[], []];
    const write = (texts: string[]) => (text: string | Uint8Array) => texts.push(text.toString());
    const terminal = new Terminal({ write: write(lines) }, false, () => 0, { isTTY: true, write: write(aside) });
    terminal.progress('1 of 2');
    terminal.line('done');
    expect([lines, aside]).toEqual([['done\n'], ['\r\x1b[K1 of 2', '\r\x1b[K']]);
  });

  it('is plain lines a second apart elsewhere', () => {
    let now = 0;
    const { terminal, text } = newTerminal({ now: () => now });
    for (const [at, done] of [
      [0, 1],
      [400, 2],
      [999, 3],
      [1000, 4],
    ] as const) {
      now = at;
      terminal.progress(`${done} of 9`);
    }
    expect(text()).toBe('1 of 9\n4 of 9\n');
  });

  it('is shown a second later where it fell within one, and once', () => {
    let now = 0;
    const { terminal, text } = newTerminal({ now: () => now });
    terminal.progress('1 of 9');
    for (now = 500; now < 4000; now += 500) terminal.progress('9 of 9');
    expect(text()).toBe('1 of 9\n9 of 9\n');
  });

  it('is shown in any case when a phase begins', () => {
    const { terminal, text } = newTerminal({});
    terminal.phase('starting');
    terminal.phase('working');
    expect(text()).toBe('starting\nworking\n');
  });
});

describe('colours', () => {
  it('are used only when asked for', () => {
    expect(newTerminal({ colours: true }).terminal.paint('red', 'bad')).toBe('\x1b[31mbad\x1b[39m');
    expect(newTerminal({ colours: false }).terminal.paint('red', 'bad')).toBe('bad');
  });
});
