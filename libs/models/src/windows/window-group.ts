import type { AudioCard } from '../card.js';
import type { ModelRecord } from '../catalog.js';
import type { Engine } from '../engines/engine.js';
import { InputError } from '../errors.js';
import { toNetworkInput } from '../input/audio/network-input.js';
import { valueCount } from '../network/tensor.js';
import { chosenOutput } from '../output/chosen-output.js';
import { toRows } from '../output/network-row.js';
import type { HeardWindows } from './heard-windows.js';

/** Windows on their way to the network, which is called once for each `groupLimit` of them. */
export class WindowGroup {
  /** Milliseconds spent on features so far. */
  featuresMs = 0;
  /** Milliseconds that the network took so far. */
  inferenceMs = 0;
  private readonly card: AudioCard;
  private readonly output: number;
  private readonly rowLength: number;
  private readonly values: Float32Array;
  private rows = 0;

  /** @param heard gets what becomes of each window, in order */
  constructor(
    private readonly engine: Engine,
    { card, network, groupLimit }: ModelRecord & { card: AudioCard },
    private readonly heard: HeardWindows,
  ) {
    this.card = card;
    this.output = chosenOutput(card.output.from, network.outputs).index;
    this.rowLength = valueCount(network.inputs[0]!.shape);
    this.values = new Float32Array(groupLimit * this.rowLength);
  }

  async add(window: Float32Array): Promise<void> {
    const start = performance.now();
    const input = inputOrFault(window, this.card);
    this.featuresMs += performance.now() - start;
    if (input instanceof InputError) {
      await this.predict();
      return this.heard.skip(input);
    }
    this.values.set(input, this.rows * this.rowLength);
    this.rows += 1;
    if (this.rows * this.rowLength === this.values.length) await this.predict();
  }

  /** Has the network called for those that still wait. */
  async predict(): Promise<void> {
    if (this.rows === 0) return;
    const start = performance.now();
    const inputs = this.values.subarray(0, this.rows * this.rowLength);
    const output = (await this.engine.predict([inputs], this.rows))[this.output]!;
    this.inferenceMs += performance.now() - start;
    for (const row of toRows(inputs, output, this.rows)) this.heard.add(row);
    this.rows = 0;
  }
}

function inputOrFault(window: Float32Array, card: AudioCard): Float32Array | InputError {
  try {
    return toNetworkInput(window, card);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}
