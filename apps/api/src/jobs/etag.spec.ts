import { describe, expect, it } from '@jest/globals';
import { etagOf, isKnownTo } from './etag.js';

describe('entity tags', () => {
  const tag = etagOf('{"status":"queued"}');

  it('differ when the body does', () => {
    expect(tag).toBe(etagOf('{"status":"queued"}'));
    expect(tag).not.toBe(etagOf('{"status":"running"}'));
  });

  it.each([
    [tag, true],
    [`"other", ${tag}`, true],
    [`W/${tag}`, true],
    ['*', true],
    ['"other"', false],
    [undefined, false],
  ])('If-None-Match %s', (header, known) => {
    expect(isKnownTo(header, tag)).toBe(known);
  });
});
