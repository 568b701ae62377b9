import type { ResizeBilinear } from '../../network/operations.js';

/** A layer as the file describes it; its options are not checked yet. */
export interface LayerConfig {
  className: string;
  name: string;
  config: Readonly<Record<string, unknown>>;
}

/** What a file says of the Keras that wrote it. */
export interface FileFacts {
  /** The major version: 1, 2 or 3. */
  keras: number;
  /** Theano turns kernels of convolutions round; undefined where the file does not tell. */
  backend: 'theano' | 'other' | undefined;
  /**
   * Where bilinear interpolation has its pixels; undefined where that is another place in what wrote the file than in
   * what reads it today.
   */
  pixels: ResizeBilinear['pixels'] | undefined;
}
