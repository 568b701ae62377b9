import { z } from 'zod';

/** How frames are cut and what is measured of their spectra. Defaults that are not here are those of libs/dsp. */
export const framingFields = {
  fft: z.int().min(16).max(65_536).describe('length of the Fourier transform, in samples (`n_fft`)'),
  hop: z.int().min(1).max(65_536).describe('samples from one frame to the next (`hop_length`)'),
  centered: z
    .boolean()
    .optional()
    .describe(
      '`true`: frames are centred on every `hop`-th sample (`center`); `false`: they start there, and a last ' +
        'incomplete one is left out; default `true`',
    ),
  padding: z
    .enum(['zeros', 'reflect', 'edge'])
    .optional()
    .describe(
      'what centred frames see beyond the ends of the samples: `zeros`, `reflect` (librosa before 0.10, torch), or ' +
        '`edge`; only where `centered` is not false; default `zeros`',
    ),
  window: z
    .enum(['hann', 'hamming', 'blackman', 'bartlett', 'ones'])
    .optional()
    .describe('the shape that samples of a frame are weighted by; default `hann`'),
  windowSymmetric: z
    .boolean()
    .optional()
    .describe(
      '`true`: a window that ends as it begins, as `numpy.hanning`, instead of a period of it; default `false`',
    ),
  windowLength: z
    .int()
    .min(1)
    .max(65_536)
    .optional()
    .describe('samples under the window, at most `fft`; the rest of the frame counts as zeros; default `fft`'),
  windowAt: z
    .enum(['middle', 'start'])
    .optional()
    .describe('where a shorter window lies in its frame: `middle` (librosa), `start` (TensorFlow); default `middle`'),
  power: z
    .union([z.literal(1), z.literal(2)], { error: 'must be 1 or 2' })
    .optional()
    .describe('`2`: powers, `1`: magnitudes; default 2'),
};

/** Which mel bands a spectrum is summed into. */
export const bandFields = {
  mels: z.int().min(1).max(1024).describe('number of mel bands (`n_mels`)'),
  htk: z.boolean().default(false).describe("the mel scale: `true` for HTK's, else Slaney's"),
  melNorm: z
    .enum(['slaney', 'none'])
    .optional()
    .describe('triangles of area 1 over hertz (`slaney`), or of peak 1 (`none`); default `slaney`'),
  melSlopes: z
    .enum(['hz', 'mel'])
    .optional()
    .describe('whether the sides of a triangle are straight over `hz`, or over `mel` (TensorFlow); default `hz`'),
  lowestHz: z.number().min(0).max(96_000).optional().describe('hertz where the lowest band begins (`fmin`); default 0'),
  highestHz: z
    .number()
    .positive()
    .max(96_000)
    .optional()
    .describe('hertz where the highest band ends (`fmax`), at most the default; default half of `input.sampleRate`'),
  lowestBin: z
    .int()
    .min(0)
    .max(32_768)
    .optional()
    .describe('bins of the spectrum below this one are in no band; at most half of `fft`; default 0'),
};

/** What a cosine transform makes of levels. */
export const cepstrumFields = {
  coefficients: z
    .int()
    .min(1)
    .max(1024)
    .describe('cepstral coefficients kept, from the first; at most `mels` (`n_mfcc`)'),
  dctType: z
    .union([z.literal(1), z.literal(2), z.literal(3)], { error: 'must be 1, 2 or 3' })
    .optional()
    .describe('type of the cosine transform (`dct_type`); default 2'),
  dctNorm: z
    .enum(['ortho', 'none', 'htk'])
    .optional()
    .describe("how it is scaled (`norm`); `htk`, for type 2 only, as in HTK and TensorFlow's `Mfcc`; default `ortho`"),
  lifter: z
    .number()
    .min(0)
    .max(1000)
    .optional()
    .describe('half period, in coefficients, of the sine that raises higher ones (`lifter`); 0: none; default 0'),
};
