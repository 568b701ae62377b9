import { z } from 'zod';

/** How frames are cut and what is measured of their spectra. Defaults that are not here are those of libs/dsp. */
export const framingFields = {
  /** Length of the Fourier transform, in samples. */
  fft: z.int().min(16).max(65_536),
  /** Samples from one frame to the next. */
  hop: z.int().min(1).max(65_536),
  /** False: frames start at every `hop`-th sample and end with the last, instead of being centred on it. */
  centered: z.boolean().optional(),
  /** What centred frames see beyond the ends of the samples. */
  padding: z.enum(['zeros', 'reflect', 'edge']).optional(),
  window: z.enum(['hann', 'hamming', 'blackman', 'bartlett', 'ones']).optional(),
  /** True: a window that ends as it begins, instead of a period of it. */
  windowSymmetric: z.boolean().optional(),
  /** Samples under the window; the rest of `fft` is zeros. */
  windowLength: z.int().min(1).max(65_536).optional(),
  /** Where a shorter window lies in its frame. */
  windowAt: z.enum(['middle', 'start']).optional(),
  /** 2 for powers, 1 for magnitudes. */
  power: z.union([z.literal(1), z.literal(2)], { error: 'must be 1 or 2' }).optional(),
};

/** Which mel bands a spectrum is summed into. */
export const bandFields = {
  /** Mel bands. */
  mels: z.int().min(1).max(1024),
  /** The mel scale: HTK's when true, else Slaney's. */
  htk: z.boolean().default(false),
  /** Triangles of area 1 over hertz, or of peak 1. */
  melNorm: z.enum(['slaney', 'none']).optional(),
  /** Whether the sides of a triangle are straight over hertz or over mel. */
  melSlopes: z.enum(['hz', 'mel']).optional(),
  /** Edges of the lowest and the highest band. */
  lowestHz: z.number().min(0).max(96_000).optional(),
  highestHz: z.number().positive().max(96_000).optional(),
  /** Bins of the spectrum below this one are in no band. */
  lowestBin: z.int().min(0).max(32_768).optional(),
};

/** What a cosine transform makes of levels. */
export const cepstrumFields = {
  /** Cepstral coefficients kept, from the first; at most `mels`. */
  coefficients: z.int().min(1).max(1024),
  dctType: z.union([z.literal(1), z.literal(2), z.literal(3)], { error: 'must be 1, 2 or 3' }).optional(),
  dctNorm: z.enum(['ortho', 'none', 'htk']).optional(),
  /** Half period of the sine that makes higher coefficients larger, in coefficients. */
  lifter: z.number().min(0).max(1000).optional(),
};
