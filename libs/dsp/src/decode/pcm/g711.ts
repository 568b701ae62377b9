import wavefile from 'wavefile';
import { keepRecent } from '../../recent.js';

const everyCode = Uint8Array.from({ length: 256 }, (_, code) => code);

/**
 * The value of each of the 256 codes of a G.711 law, within (-1, 1), made by decoding a file that holds every code once:
 * a lookup for each sample is faster than the general decoder. Shared: not to be written to.
 */
export const g711Table = keepRecent(2, (law: 'a-law' | 'mu-law'): Float32Array => {
  const wav = new wavefile.WaveFile();
  wav.fromScratch(1, 8000, law === 'a-law' ? '8a' : '8m', everyCode);
  if (law === 'a-law') wav.fromALaw('16');
  else wav.fromMuLaw('16');
  return Float32Array.from(wav.getSamples(), (value) => value / 2 ** 15);
});
