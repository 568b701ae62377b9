/**
 * The resamplers, all of them windowed-sinc interpolation with a Kaiser window. `soxr_hq` has the response of the filter
 * that librosa 0.10 and later use; the others are those of resampy, which earlier versions used. librosa calls all of
 * resampy's either `kaiser_fast` or `kaiser_best`; they changed with resampy 0.3.
 */
export const resamplers = ['soxr_hq', 'kaiser_fast', 'kaiser_best', 'kaiser_fast_0_3', 'kaiser_best_0_3'] as const;

export type Resampler = (typeof resamplers)[number];
