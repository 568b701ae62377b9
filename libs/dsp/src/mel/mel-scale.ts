/** `slaney`: linear below 1 kHz, logarithmic above (Auditory Toolbox). `htk`: 2595 log10(1 + f / 700). */
export type MelScale = 'slaney' | 'htk';

/** Slaney's scale: 200/3 Hz a mel up to 1 kHz, which is 15 mel; from there 27 mel for each factor of 6.4. */
const hzPerMel = 200 / 3;
const logStartHz = 1000;
const logStartMel = logStartHz / hzPerMel;
const logStep = Math.log(6.4) / 27;

/** A frequency in hertz, at least 0, as mel. */
export function hzToMel(hz: number, scale: MelScale): number {
  if (scale === 'htk') return 2595 * Math.log10(1 + hz / 700);
  return hz < logStartHz ? hz / hzPerMel : logStartMel + Math.log(hz / logStartHz) / logStep;
}

/** The inverse of {@link hzToMel}. */
export function melToHz(mel: number, scale: MelScale): number {
  if (scale === 'htk') return 700 * (10 ** (mel / 2595) - 1);
  return mel < logStartMel ? mel * hzPerMel : logStartHz * Math.exp(logStep * (mel - logStartMel));
}
