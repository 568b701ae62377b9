import type { AudioCard } from '../card.js';
import type { ModelRecord } from '../catalog.js';
import type { Engine } from '../engines/engine.js';
import { InputError } from '../errors.js';
import { toNetworkInput } from '../input/audio/network-input.js';
import { valueCount } from '../network/layer-shapes.js';
import type { HeardWindows } from './heard-windows.js';

/** Windows on their way to the network, which is called once for each `groupLimit` of them. */
export class WindowGroup {
  /** Milliseconds spent on features so far. */
  featuresMs = 0;
  /** Milliseconds that the network took so far. */
  inferenceMs = 0;
  private readonly card: AudioCard;
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
    const [outputs] = await this.engine.predict([this.values.subarray(0, this.rows * this.rowLength)], this.rows);
    this.inferenceMs += performance.now() - start;
    const { length: labels } = this.card.output.labels;
    for (let row = 0; row < this.rows; row++) this.heard.add(outputs!.subarray(row * labels, (row + 1) * labels));
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
