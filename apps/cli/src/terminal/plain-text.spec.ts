import { expect, it } from '@jest/globals';
import { toPlainText } from './plain-text.js';

it('text from elsewhere cannot steer the terminal, and is otherwise as it was', () => {
  expect(toPlainText('Lüfter ✓ \x1b[2J\r\nx\x9b')).toBe('Lüfter ✓ \ufffd[2J\ufffd\ufffdx\ufffd');
});
