import { readFileSync } from 'node:fs';

const folder = new URL('images/', import.meta.url);

/** A small image, and what Pillow reads in it: on white, turned upright. */
export interface TestImage {
  name: string;
  bytes: Buffer;
  width: number;
  height: number;
  /** Steps of 255 by which decoders may differ. */
  mostOff: number;
  rgb: Buffer;
}

/** The images that `images/make-images.py` made. */
export function readTestImages(): TestImage[] {
  type Expected = Omit<TestImage, 'name' | 'bytes' | 'rgb'> & { rgb: string };
  const text = readFileSync(new URL('images.json', folder), 'utf8');
  const { source, ...images } = JSON.parse(text) as Record<string, Expected> & { source: string };
  if (!source) throw new Error('images.json does not say what made it');
  return Object.entries(images).map(([name, expected]) => ({
    ...expected,
    ...{ name, bytes: readTestImage(name), rgb: Buffer.from(expected.rgb, 'hex') },
  }));
}

/** One image's bytes. */
export function readTestImage(name: string): Buffer {
  return readFileSync(new URL(name, folder));
}
