import type { Tensor as TfTensor, Tensor2D } from '@tensorflow/tfjs-core';

import type { Gru, Lstm, SimpleRnn } from '../../network/operations.js';
import type { Tf } from '../load-tfjs.js';
import { activate } from './activations.js';
import { present, toTf, type TfOperation } from './tf-operation.js';

/** From a step's share of the gates, [rows, gates * units], and the states before, the states after; the first is the output. */
type Cell = (ofInput: TfTensor, states: readonly TfTensor[]) => TfTensor[];

export function recurrent(tf: Tf, operation: Lstm | Gru | SimpleRnn): TfOperation {
  const { kernel, bias, reverse } = operation;
  const [matrix, offset] = [toTf(tf, kernel), bias && toTf(tf, bias)];
  const [values, gates] = [kernel.shape[0]!, kernel.shape[1]!];
  const { weights, cell } = cellOf(tf, operation);
  const units = operation.recurrentKernel.shape[0]!;
  return {
    weights: [...present(matrix, offset), ...weights],
    apply: ([input]) => {
      const [rows, steps] = input!.shape as [number, number];
      const product = tf.reshape(tf.matMul(tf.reshape(input!, [-1, values]), matrix as Tensor2D), [rows, steps, gates]);
      const ofSteps = stepsOf(tf, offset ? tf.add(product, offset) : product, [rows, steps, gates]);
      let states: TfTensor[] = [tf.zeros([rows, units]), tf.zeros([rows, units])];
      const outputs = (reverse ? ofSteps.toReversed() : ofSteps).map((ofInput) => {
        states = cell(ofInput, states);
        return states[0]!;
      });
      return tf.stack(reverse ? outputs.toReversed() : outputs, 1);
    },
  };
}

/** A tensor for each step. By `unstack` the WebAssembly backend would copy the whole of `product` for each of them. */
function stepsOf(tf: Tf, product: TfTensor, [rows, steps, gates]: [number, number, number]): TfTensor[] {
  const values = tf.transpose(product, [1, 0, 2]).dataSync();
  const perStep = rows * gates;
  return Array.from({ length: steps }, (_, step) =>
    tf.tensor2d(values.slice(step * perStep, (step + 1) * perStep), [rows, gates]),
  );
}

function cellOf(tf: Tf, operation: Lstm | Gru | SimpleRnn): { weights: TfTensor[]; cell: Cell } {
  switch (operation.kind) {
    case 'lstm':
      return lstmCell(tf, operation);
    case 'gru':
      return gruCell(tf, operation);
    case 'simple-rnn': {
      const matrix = toTf(tf, operation.recurrentKernel) as Tensor2D;
      const cell: Cell = (ofInput, [state]) => [
        activate(tf, operation.activation, tf.add(ofInput, tf.matMul(state as Tensor2D, matrix))),
      ];
      return { weights: [matrix], cell };
    }
  }
}

function lstmCell(tf: Tf, { recurrentKernel, activation, recurrentActivation }: Lstm) {
  const matrix = toTf(tf, recurrentKernel) as Tensor2D;
  const gate = (x: TfTensor) => activate(tf, recurrentActivation, x);
  const cell: Cell = (ofInput, [state, memory]) => {
    const sums = tf.add(ofInput, tf.matMul(state as Tensor2D, matrix));
    const [input, forget, candidate, output] = tf.split(sums, 4, 1);
    const kept = tf.mul(gate(forget!), memory!);
    const now = tf.add(kept, tf.mul(gate(input!), activate(tf, activation, candidate!)));
    return [tf.mul(gate(output!), activate(tf, activation, now)), now];
  };
  return { weights: [matrix], cell };
}

function gruCell(tf: Tf, { recurrentKernel, recurrentBias, resetAfter, activation, recurrentActivation }: Gru) {
  const matrix = toTf(tf, recurrentKernel) as Tensor2D;
  const candidateMatrix = tf.tidy(() => tf.split(matrix, 3, 1)[2]!);
  const offset = recurrentBias && toTf(tf, recurrentBias);
  const gate = (x: TfTensor) => activate(tf, recurrentActivation, x);
  const cell: Cell = (ofInput, [state]) => {
    const product = tf.matMul(state as Tensor2D, matrix);
    const [updateOfState, resetOfState, ofState] = tf.split(offset ? tf.add(product, offset) : product, 3, 1);
    const [updateOfInput, resetOfInput, candidate] = tf.split(ofInput, 3, 1);
    const update = gate(tf.add(updateOfInput!, updateOfState!));
    const reset = gate(tf.add(resetOfInput!, resetOfState!));
    const past = resetAfter ? tf.mul(reset, ofState!) : tf.matMul(tf.mul<Tensor2D>(reset, state!), candidateMatrix);
    const now = activate(tf, activation, tf.add(candidate!, past));
    return [tf.add(tf.mul(update, state!), tf.mul(tf.sub(1, update), now))];
  };
  return { weights: present(matrix, candidateMatrix, offset), cell };
}
