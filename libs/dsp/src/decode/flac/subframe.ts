import { SignalError } from '../../signal-error.js';
import type { BitReader } from './bit-reader.js';

/** The predictors without coefficients in the file: differences of order 0 to 4. */
const differences = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]];

/**
 * Reads one channel of a frame (RFC 9639, 9.2).
 *
 * @param samples what it is written to, whole numbers. Doubles, since sums of 33-bit samples times 15-bit coefficients
 *   need up to 53 bits.
 * @param width bits of a sample
 * @throws SignalError if the channel asks for what is not allowed
 */
export function readSubframe(bits: BitReader, samples: Float64Array, width: number, where: string): void {
  const type = bits.unsigned(7);
  const unused = bits.unsigned(1) === 1 ? bits.unary() + 1 : 0;
  const used = width - unused;
  if (used < 1) throw new SignalError(`${where} has samples without a bit`);
  if (type === 0) samples.fill(bits.signed(used));
  else if (type === 1) for (let i = 0; i < samples.length; i++) samples[i] = bits.signed(used);
  else if (type >= 8 && type <= 12) {
    readStart(bits, samples, type - 8, used, where);
    readResidual(bits, samples, type - 8, where);
    addPrediction(samples, Float64Array.from(differences[type - 8]!), 0);
  } else if (type >= 32 && type < 64) readPredicted(bits, samples, type - 31, used, where);
  else throw new SignalError(`${where} has a channel of type ${type}, which is reserved`);
  if (unused > 0) for (let i = 0; i < samples.length; i++) samples[i] = samples[i]! * 2 ** unused;
}

function readPredicted(bits: BitReader, samples: Float64Array, order: number, width: number, where: string): void {
  readStart(bits, samples, order, width, where);
  const precision = bits.unsigned(4) + 1;
  const shift = bits.signed(5);
  if (precision === 16 || shift < 0) throw new SignalError(`${where} has a predictor that is not allowed`);
  const coefficients = Float64Array.from({ length: order }, () => bits.signed(precision));
  readResidual(bits, samples, order, where);
  addPrediction(samples, coefficients, shift);
}

function readStart(bits: BitReader, samples: Float64Array, order: number, width: number, where: string): void {
  if (order > samples.length) throw new SignalError(`${where} is shorter than its predictor`);
  for (let i = 0; i < order; i++) samples[i] = bits.signed(width);
}

/** What the prediction misses, in parts with a Rice parameter each, or plain numbers where these are shorter. */
function readResidual(bits: BitReader, samples: Float64Array, order: number, where: string): void {
  const method = bits.unsigned(2);
  if (method > 1) throw new SignalError(`${where} has a residual of type ${method}, which is reserved`);
  const parameterBits = 4 + method;
  const plain = 2 ** parameterBits - 1;
  const parts = 2 ** bits.unsigned(4);
  const partLength = samples.length / parts;
  if (!Number.isInteger(partLength) || partLength < order)
    throw new SignalError(`${where} cannot be parted as it says`);
  for (let part = 0; part < parts; part++) {
    // What a frame claims beyond the bytes that are there is not worth the work.
    if (bits.isPastEnd) return;
    const from = part === 0 ? order : part * partLength;
    const end = (part + 1) * partLength;
    const parameter = bits.unsigned(parameterBits);
    if (parameter < plain) bits.rice(samples, from, end, parameter);
    else {
      const width = bits.unsigned(5);
      for (let i = from; i < end; i++) samples[i] = width === 0 ? 0 : bits.signed(width);
    }
  }
}

function addPrediction(samples: Float64Array, coefficients: Float64Array, shift: number): void {
  const order = coefficients.length;
  if (order === 0) return;
  const scale = 2 ** -shift;
  for (let i = order; i < samples.length; i++) {
    let sum = 0;
    for (let j = 0, at = i - 1; j < order; j++, at--) sum += coefficients[j]! * samples[at]!;
    samples[i] = samples[i]! + Math.floor(sum * scale);
  }
}
