import { SignalError } from '../../signal-error.js';
import type { OggPage } from './ogg-page.js';
import { PacketAssembler } from './packets.js';

/** A page of the stream that holds the sound. */
export interface AudioPage {
  /** Where it starts in the file. */
  at: number;
  /** The packets that end on it and are not empty. */
  packets: Uint8Array[];
  /** Position of the last of them, in the codec's own unit; below 0 if there is none. */
  granule: number;
  /** It holds the codec's first header: of the file's only stream, or of the next of several in a chain. */
  beginsStream: boolean;
  /** The position that the stream ends at, if no packets follow in it and it says so; else Infinity. */
  end: number;
}

/**
 * Makes audio pages of a stream's pages. One is held back until it is known whether packets follow in the stream: the
 * page that ends it may hold none, or be missing.
 */
export class SoundStream {
  hasEnded = false;
  private readonly packets = new PacketAssembler();
  private held: AudioPage | null = null;
  private lastGranule = -1;

  constructor(readonly serial: number) {}

  /** @throws SignalError if the page is not the stream's next one */
  *pagesOf(page: OggPage): Generator<AudioPage, void> {
    const { at, serial, granule, beginsStream } = page;
    if (serial !== this.serial) {
      throw new SignalError(`Ogg: the page at byte ${at} belongs to a stream that was never begun`);
    }
    if (this.hasEnded) throw new SignalError(`Ogg: the page at byte ${at} belongs to a stream that has ended`);
    const packets = this.packets.packetsOf(page).filter(({ length }) => length > 0);
    this.hasEnded = page.endsStream;
    if (beginsStream) yield { at, packets, granule, beginsStream, end: Infinity };
    else if (packets.length > 0) {
      if (this.held) yield this.held;
      this.held = { at, packets, granule, beginsStream, end: Infinity };
      this.lastGranule = granule;
    } else if (granule >= 0) this.lastGranule = granule;
    if (page.endsStream) yield* this.rest();
  }

  /** The page that was held back, when nothing more of the stream follows. */
  *rest(): Generator<AudioPage, void> {
    if (this.held) yield { ...this.held, end: this.lastGranule >= 0 ? this.lastGranule : Infinity };
    this.held = null;
  }
}
