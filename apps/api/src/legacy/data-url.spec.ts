import { describe, expect, it } from '@jest/globals';
import { bytesOfDataUrl } from './data-url.js';

describe('bytesOfDataUrl', () => {
  it.each(['data:image/png;base64,', 'data:;base64,', 'DATA:image/svg+xml;charset=utf-8;base64,'])(
    'reads what follows %s',
    (start) => {
      expect(bytesOfDataUrl(`${start}iVBORw==`)).toEqual(Buffer.from('\x89PNG', 'latin1'));
    },
  );

  it.each(['', 'iVBORw==', 'data:image/png,iVBORw==', 'data:image/png;base64,', 'data:image/png;base64,%89PNG'])(
    'refuses %j',
    (text) => {
      expect(() => bytesOfDataUrl(text)).toThrow('/image');
    },
  );
});
