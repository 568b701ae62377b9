import type { InputError } from '../errors.js';
import type { Prediction } from '../loaded-model.js';
import type { NetworkRow } from '../output/network-row.js';

/** Gathers what a network says of each window of a recording; of all that, only little is kept. */
export interface HeardWindows {
  /**
   * Takes the next window.
   *
   * @throws InputError if nothing can be made of the network's output, or there is too much to keep
   */
  add(row: NetworkRow): void;

  /** Takes a window that gives the network nothing to compute on, such as silence that the card has trimmed off. */
  skip(fault: InputError): void;

  /**
   * What was heard in all of them.
   *
   * @param seconds duration of the recording
   * @throws InputError if there was nothing to hear in any
   */
  finish(seconds: number): Prediction;
}
