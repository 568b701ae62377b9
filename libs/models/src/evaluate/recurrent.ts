import type { Gru, Lstm, SimpleRnn } from '../network/operations.js';
import { scalarFunction } from './activations.js';
import { addProducts, startSums } from './add-products.js';
import type { Batch } from './batch.js';

/** Changes a state, which starts as zeros, by one step of a sequence. One for each sequence. */
type Cell = (state: Float32Array, values: Float32Array, from: number) => void;

export function recurrent(operation: Lstm | Gru | SimpleRnn, { rows, shape, data }: Batch): Float32Array {
  const [steps, valuesIn] = [shape[0]!, shape[1]!];
  const units = operation.recurrentKernel.shape[0]!;
  const output = new Float32Array(rows * steps * units);
  for (let row = 0; row < rows; row++) {
    const step = newCell(operation, valuesIn, units);
    const state = new Float32Array(units);
    for (let i = 0; i < steps; i++) {
      const at = row * steps + (operation.reverse ? steps - 1 - i : i);
      step(state, data, at * valuesIn);
      output.set(state, at * units);
    }
  }
  return output;
}

function newCell(operation: Lstm | Gru | SimpleRnn, valuesIn: number, units: number): Cell {
  switch (operation.kind) {
    case 'lstm':
      return lstmCell(operation, valuesIn, units);
    case 'gru':
      return gruCell(operation, valuesIn, units);
    case 'simple-rnn':
      return simpleCell(operation, valuesIn, units);
  }
}

function simpleCell({ kernel, recurrentKernel, bias, activation }: SimpleRnn, valuesIn: number, units: number): Cell {
  const sums = new Float64Array(units);
  const act = scalarFunction(activation);
  return (state, values, from) => {
    startSums(sums, bias);
    addProducts(sums, values, from, valuesIn, kernel.data, 0);
    addProducts(sums, state, 0, units, recurrentKernel.data, 0);
    for (let u = 0; u < units; u++) state[u] = act(sums[u]!);
  };
}

function lstmCell(operation: Lstm, valuesIn: number, units: number): Cell {
  const { kernel, recurrentKernel, bias } = operation;
  const [act, gate] = [scalarFunction(operation.activation), scalarFunction(operation.recurrentActivation)];
  const sums = new Float64Array(4 * units);
  const memory = new Float64Array(units);
  return (state, values, from) => {
    startSums(sums, bias);
    addProducts(sums, values, from, valuesIn, kernel.data, 0);
    addProducts(sums, state, 0, units, recurrentKernel.data, 0);
    for (let u = 0; u < units; u++) {
      const [input, forget] = [gate(sums[u]!), gate(sums[units + u]!)];
      memory[u] = forget * memory[u]! + input * act(sums[2 * units + u]!);
      state[u] = gate(sums[3 * units + u]!) * act(memory[u]!);
    }
  };
}

function gruCell(operation: Gru, valuesIn: number, units: number): Cell {
  const { kernel, recurrentKernel, bias, recurrentBias, resetAfter } = operation;
  const [act, gate] = [scalarFunction(operation.activation), scalarFunction(operation.recurrentActivation)];
  const ofInput = new Float64Array(3 * units);
  const ofState = new Float64Array(3 * units);
  const ofReset = new Float64Array(units);
  const reset = new Float32Array(units);
  return (state, values, from) => {
    startSums(ofInput, bias);
    addProducts(ofInput, values, from, valuesIn, kernel.data, 0);
    startSums(ofState, recurrentBias);
    addProducts(ofState, state, 0, units, recurrentKernel.data, 0);
    const resetGate = (u: number) => gate(ofInput[units + u]! + ofState[units + u]!);
    if (resetAfter) for (let u = 0; u < units; u++) ofReset[u] = resetGate(u) * ofState[2 * units + u]!;
    else {
      for (let u = 0; u < units; u++) reset[u] = resetGate(u) * state[u]!;
      ofReset.fill(0);
      addProducts(ofReset, reset, 0, units, recurrentKernel.data, 2 * units, 3 * units);
    }
    for (let u = 0; u < units; u++) {
      const update = gate(ofInput[u]! + ofState[u]!);
      state[u] = update * state[u]! + (1 - update) * act(ofInput[2 * units + u]! + ofReset[u]!);
    }
  };
}
