import { describe, expect, it } from '@jest/globals';
import { hashKeyText, isKeyText, newKeyText } from './key-text.js';

describe('the text of a key', () => {
  it('is recognised, and new every time', () => {
    const texts = new Set(Array.from({ length: 100 }, newKeyText));
    expect(texts.size).toBe(100);
    for (const text of texts) expect(isKeyText(text)).toBe(true);
    expect(new Set([...texts].map(hashKeyText)).size).toBe(100);
  });

  it('is not recognised with any one character changed, lost or doubled', () => {
    const text = newKeyText();
    for (let at = 0; at < text.length; at++) {
      const [before, character, after] = [text.slice(0, at), text[at], text.slice(at + 1)];
      const other = character === 'A' ? 'B' : 'A';
      for (const wrong of [before + after, before + other + after, before + character + character + after])
        expect({ wrong, taken: isKeyText(wrong) }).toEqual({ wrong, taken: false });
    }
  });

  it.each(['', 'esk_', 'Bearer x', `esk_${'A'.repeat(48)}x`, `sk_${'A'.repeat(48)}`])('is not %p', (text) => {
    expect(isKeyText(text)).toBe(false);
  });
});
