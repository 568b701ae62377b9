import { readdirSync, readFileSync } from 'node:fs';

/** What another decoder reads of a recording. */
export interface ReadElsewhere {
  /** Such as `libsndfile 1.2.2`. */
  reader: string;
  sampleRate: number;
  channels: number;
  frames: number;
  peak: number;
  rms: number;
  /** Samples of all channels at some frames. */
  at: Record<string, number[]>;
}

const folder = new URL('recordings/', import.meta.url);

/** The compressed recordings of this repository, by name; made by the script beside them. */
export const recordingsReadElsewhere = JSON.parse(readFileSync(new URL('recordings.json', folder), 'utf8')) as Record<
  string,
  ReadElsewhere
>;

export const recordingNames = readdirSync(folder).filter((name) => /\.(flac|og[ag]|opus|mp[23])$/.test(name));

export function recordingBytes(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(name, folder)));
}
