import type { Stage } from './fit-network.js';

/** Every number of the training that may be tuned, but for those of a single step, which stand there. */
export const recipe = {
  /** Decides whatever is drawn: voices, changes, order, first weights. */
  seed: 1,
  /** Voices of espeak-ng, each of which says every digit. */
  madeVoices: 300,
  /** In how many ways each recording of a person is changed. */
  copiesOfPeople: 3,
  /** In how many ways each recording of a made voice is changed. */
  copiesOfMade: 1,
  stages: [
    { epochs: 1, learningRate: 1e-3 },
    { epochs: 11, learningRate: 3e-3 },
    { epochs: 4, learningRate: 1e-3 },
    { epochs: 2, learningRate: 2e-4 },
  ] satisfies Stage[],
};
