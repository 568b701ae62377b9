import { describe, expect, it } from '@jest/globals';
import { toAttachment, toFilename } from './filename.js';

describe('toFilename', () => {
  it.each([
    ['fan.wav', 'fan.wav'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\sounds\\fan.wav', 'fan.wav'],
    ['a\r\nb\0.wav', 'ab.wav'],
    ['fan\u202evaw.exe', 'fanvaw.exe'],
    ['Lüfter 1.wav', 'Lüfter 1.wav'],
    ['x'.repeat(300), 'x'.repeat(255)],
    ['folder/', null],
    [undefined, null],
  ])('%j becomes %j', (given, kept) => {
    expect(toFilename(given)).toBe(kept);
  });
});

describe('toAttachment', () => {
  it('keeps the name in both forms, and nothing of it can end the quotes', () => {
    expect(toAttachment('Lü "1" (a).wav', 'job_1')).toBe(
      `attachment; filename="L_ _1_ (a).wav"; filename*=UTF-8''L%C3%BC%20%221%22%20%28a%29.wav`,
    );
  });

  it('falls back to another name', () => {
    expect(toAttachment(null, 'job_1')).toBe(`attachment; filename="job_1"; filename*=UTF-8''job_1`);
  });
});
