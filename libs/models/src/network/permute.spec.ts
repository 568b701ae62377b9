import { expect, it } from '@jest/globals';

import { permute } from './permute.js';

const tensor = { shape: [2, 3, 4], data: Float32Array.from({ length: 24 }, (_, index) => index) };

it('permute puts each value where its indices say', () => {
  const { shape, data } = permute(tensor, [2, 0, 1]);
  expect(shape).toEqual([4, 2, 3]);
  for (let a = 0; a < 2; a++)
    for (let b = 0; b < 3; b++)
      for (let c = 0; c < 4; c++) expect(data[(c * 2 + a) * 3 + b]).toBe(tensor.data[(a * 3 + b) * 4 + c]);
});

it('permute undoes itself with the inverse order', () => {
  expect(permute(permute(tensor, [2, 0, 1]), [1, 2, 0])).toEqual(tensor);
});
