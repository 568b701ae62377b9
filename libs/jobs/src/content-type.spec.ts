import { describe, expect, it } from '@jest/globals';
import { detectContentType } from './content-type.js';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

describe('the content type of bytes', () => {
  it.each([
    ['RIFF\x24\0\0\0WAVEfmt ', 'audio/wav', 'audio'],
    ['RIFX\0\0\0\x24WAVEfmt ', 'audio/wav', 'audio'],
    ['RF64\xff\xff\xff\xffWAVEds64', 'audio/wav', 'audio'],
    ['BW64\xff\xff\xff\xffWAVEds64', 'audio/wav', 'audio'],
    ['FORM\0\0\0\x24AIFFCOMM', 'audio/aiff', 'audio'],
    ['FORM\0\0\0\x24AIFCFVER', 'audio/aiff', 'audio'],
    ['.snd\0\0\0\x18', 'audio/basic', 'audio'],
    ['dns.\x18\0\0\0', 'audio/basic', 'audio'],
    ['\0ds.\x18\0\0\0', 'audio/basic', 'audio'],
    ['fLaC\0\0\0\x22', 'audio/flac', 'audio'],
    ['OggS\0\x02', 'audio/ogg', 'audio'],
    ['ID3\x03\0', 'audio/mpeg', 'audio'],
    ['\xff\xfb\x90\x64', 'audio/mpeg', 'audio'],
    ['\xff\xe3\x18\xc4', 'audio/mpeg', 'audio'],
    ['\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'image/png', 'image'],
    ['\xff\xd8\xff\xe0\0\x10JFIF', 'image/jpeg', 'image'],
    ['GIF89a\x01\0', 'image/gif', 'image'],
    ['RIFF\x24\0\0\0WEBPVP8 ', 'image/webp', 'image'],
    ['BM\x36\0\0\0\0\0\0\0\x36\0', 'image/bmp', 'image'],
    ['II*\0\x08\0\0\0', 'image/tiff', 'image'],
    ['MM\0*\0\0\0\x08', 'image/tiff', 'image'],
  ])('%j is %s', (head, contentType, kind) => expect(detectContentType(bytes(head))).toEqual({ contentType, kind }));

  it.each([
    '',
    'R',
    'RIFF',
    'RIFF\x24\0\0\0AVI LIST',
    'hello, world',
    '\x7fELF',
    '\xff\xff\xff\xff',
    '\xff\xeb\x90\x64',
    '\xff\xf1\x50\x80',
    '%PDF-1.7',
    'BMPstring text',
  ])('%j is unknown', (head) => expect(detectContentType(bytes(head))).toBeNull());
});
