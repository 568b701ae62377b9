import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { withFolder } from '../test/with-folder.js';
import { compare } from './compare.js';
import { findCases } from './find-cases.js';
import { readJsonGolden } from './goldens/json-golden.js';
import { readNpy } from './goldens/npy.js';
import type { ParityLine } from './parity-case.js';
import { markdownTable, plainTable, summarise } from './report.js';
import { runCase } from './run-case.js';

const golden = (...values: number[]) => ({ shape: [values.length], data: Float32Array.from(values) });

describe('compare', () => {
  it('takes what is off by the tolerance and by that part of the value', () => {
    const { within, largestDifference } = compare([Float32Array.of(100.001, 1)], [golden(100, 1)], 1e-5);
    expect(within).toBe(true);
    expect(largestDifference).toBeCloseTo(1e-3, 4);
    expect(compare([Float32Array.of(100.01, 1)], [golden(100, 1)], 1e-5).within).toBe(false);
  });

  it('compares the last outputs where the golden has fewer', () => {
    expect(compare([Float32Array.of(7), Float32Array.of(2)], [golden(2)], 1e-5).within).toBe(true);
  });

  it('takes no number that is none', () => {
    expect(compare([Float32Array.of(NaN)], [golden(1)], 1e-5)).toEqual({ within: false, largestDifference: Infinity });
    expect(compare([Float32Array.of(1)], [golden(Infinity)], 1e-5).within).toBe(false);
    expect(() => compare([Float32Array.of(1, 2)], [golden(1)], 1e-5)).toThrow('1 values, and the network gives 2');
  });
});

describe('summarise', () => {
  const line = (result: ParityLine['result'], goldens: number, within: number): ParityLine => ({
    ...{ file: `${result}.h5`, format: 'keras', layers: 3, goldens, within, result },
    ...{ largestDifference: 2e-7, tolerance: 1e-5, message: 'layer a | b' },
  });

  it('counts goldens, and passes from 95 of a hundred on', () => {
    const nearly = [line('within', 19, 19), line('refused', 1, 0), line('imported', 0, 0)];
    expect(summarise(nearly)).toEqual({
      text: '19 of 20 goldens within tolerance (95.0 %), 1 refused, 0 differ; without a golden: 1 imported, 0 refused',
      passed: true,
    });
    expect(summarise([...nearly, line('differs', 1, 0)])).toMatchObject({ passed: false });
    expect(summarise([line('within', 99, 99), line('failed', 1, 0)])).toMatchObject({ passed: false });
    expect(summarise([])).toMatchObject({ passed: false });
  });

  it('says the largest difference of a file, or why it is refused', () => {
    const lines = [line('within', 1, 1), line('refused', 1, 0)];
    expect(plainTable(lines).split('\n')[1]).toBe('within.h5   keras   3       2.0e-7 (0.00001)');
    expect(markdownTable(lines).split('\n')[3]).toBe('| refused.h5 | keras | 3 | refused: layer a \\| b |');
  });
});

describe('findCases', () => {
  it('finds models of every kind, and what is beside them', () =>
    withFolder(async (folder) => {
      const files = {
        'models/a/x_model.h5': '',
        'models/a/x_weights.h5': '',
        'models/a/x_config.json': '{}',
        'models/a/x_inputs_and_outputs.h5': '',
        'models/b/model.onnx': '',
        'models/b/test_data_set_0/input_0.pb': '',
        'models/b/test_data_set_0/output_0.pb': '',
        'models/c/net.keras': '',
        'models/c/input.npy': '',
        'models/c/predictions.npy': '',
        'models/d/model.json': '{"modelTopology": {}}',
        'models/d/5.json': '[1, 2]',
        'golden/models/d.json': '{"model": "d/model.json"}',
        'golden/models/gone.json': '{"model": "gone.h5"}',
      };
      for (const [name, text] of Object.entries(files)) {
        await mkdir(join(folder, name, '..'), { recursive: true });
        await writeFile(join(folder, name), text);
      }
      const found = await findCases(folder);
      expect(
        found.map(({ file, topology, goldens }) => [file, topology !== undefined, goldens[0]?.source.kind]),
      ).toEqual([
        ['a/x_model.h5', false, 'hdf5'],
        ['a/x_weights.h5', true, 'hdf5'],
        ['b/model.onnx', false, 'onnx-test'],
        ['c/net.keras', false, 'npy'],
        ['d/model.json', false, 'json'],
        ['gone.h5', false, 'json'],
      ]);
    }));
});

describe('runCase', () => {
  it('refuses a model for what it is, whatever its goldens are', () =>
    withFolder(async (folder) => {
      const [path, golden] = [join(folder, 'x.h5'), join(folder, 'x.json')];
      await writeFile(path, 'not HDF5');
      await writeFile(golden, 'no JSON');
      const goldens = [{ source: { kind: 'json', path: golden } as const, tolerance: 1e-5 }];
      expect(await runCase({ file: 'x.h5', path, goldens })).toMatchObject({
        result: 'refused',
        goldens: 1,
        within: 0,
      });
    }));
});

describe('goldens', () => {
  it('are read whatever their type of numbers and however they are listed', () =>
    withFolder(async (folder) => {
      const path = join(folder, 'golden.json');
      const bytes = Buffer.from(Int32Array.of(1, -2).buffer).toString('base64');
      const inputs = [{ shape: [1, 2], dtype: 'int32', data_b64: bytes }];
      await writeFile(path, JSON.stringify({ inputs, outputs: { y: { shape: [2, 1], data: [[0.5], [2]] } } }));
      const read = await readJsonGolden(path);
      expect(read.inputs[0]!.data).toEqual(Float32Array.of(1, -2));
      expect(read.outputs[0]!.data).toEqual(Float32Array.of(0.5, 2));
    }));

  it('are read from arrays of NumPy', () =>
    withFolder(async (folder) => {
      const path = join(folder, 'input.npy');
      const header = "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 1), }\n";
      const start = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, header.length, 0]);
      await writeFile(path, Buffer.concat([start, Buffer.from(header), Buffer.from(Float64Array.of(3, 4).buffer)]));
      expect(await readNpy(path)).toEqual({ shape: [2, 1], data: Float32Array.of(3, 4) });
    }));
});
