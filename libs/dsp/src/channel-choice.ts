import { SignalError } from './signal-error.js';

/** `mean` averages all channels; a number takes one channel, counted from 0. */
export type ChannelChoice = 'mean' | number;

/** @throws SignalError if a recording with so many channels has no channel of that number */
export function assertChannel(choice: ChannelChoice, channels: number): void {
  if (choice === 'mean' || (Number.isInteger(choice) && choice >= 0 && choice < channels)) return;
  throw new SignalError(`channel ${choice} is asked for (counted from 0), and the recording has ${channels}`);
}
