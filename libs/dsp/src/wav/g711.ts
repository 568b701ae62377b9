import wavefile from 'wavefile';

/** The value of each of the 256 codes of a G.711 law, within (-1, 1). */
export type G711Table = Float32Array;

/** The table of a law, made by decoding a file that holds every code once. */
export function g711Table(law: 'a-law' | 'mu-law'): G711Table {
  const wav = new wavefile.WaveFile();
  wav.fromScratch(1, 8000, law === 'a-law' ? '8a' : '8m', everyCode);
  if (law === 'a-law') wav.fromALaw('16');
  else wav.fromMuLaw('16');
  return Float32Array.from(wav.getSamples(), (value) => value / 2 ** 15);
}

const everyCode = Uint8Array.from({ length: 256 }, (_, code) => code);
