import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import type { LayersModel } from '@tensorflow/tfjs-layers';

import { featureShape } from '#models';
import { parseAudioCard, type AudioCard } from '#models/card';

import { referenceData } from '../../test/reference-data.js';
import { newRandom } from '../random.js';
import { loadTensorFlow, type TensorFlow } from '../tensorflow.js';
import { accuracy } from './accuracy.js';
import { toExample, toVariedExamples, type Example } from './examples.js';
import { fitNetwork } from './fit-network.js';
import { leaveOneOut } from './leave-one-out.js';
import { newMadeVoices, speakDigits } from './made-voices.js';
import { newKeywordNetwork } from './network.js';
import { recipe } from './recipe.js';
import { readRecordings, type Utterance } from './recordings.js';
import { writeBundle } from './write-bundle.js';

/**
 * Trains the built-in model `spoken-digits`: five times without one of the five people, which gives the figures of the
 * card, then on all of them, which gives the weights. Writes models/spoken-digits/<version>.
 */
export async function trainSpokenDigits(): Promise<void> {
  const cardText = readFileSync(resolve('training/spoken-digits/model.yaml'), 'utf8');
  const card = parseAudioCard(cardText);
  const tf = loadTensorFlow();
  const people = await readRecordings(referenceData('speech/fsdd'), card);
  const examples = await newExamples(people, card);
  console.log(`${people.length} recordings of people, ${examples.length} examples to train on`);

  const heard = people.map((utterance) => toExample(utterance, card));
  const fit = (chosen: readonly Example[]) => newFittedNetwork(tf, card, chosen);
  const score = (network: LayersModel, own: readonly Example[]) => {
    const share = accuracy(tf, network, own, featureShape(card));
    console.log(`${own[0]!.speaker}, left out: ${share.toFixed(4)}`);
    network.dispose();
    return share;
  };
  const scores = await leaveOneOut(examples, heard, fit, score);

  const folder = resolve('models', card.name, card.version);
  await writeBundle(folder, cardText, await fit(examples), toEvaluation(scores));
  console.log(`written: ${folder}`);
}

async function newExamples(people: readonly Utterance[], card: AudioCard): Promise<Example[]> {
  const random = newRandom(recipe.seed);
  const made = await speakDigits(newMadeVoices(recipe.madeVoices, random), resolve('.cache/made-voices'), card);
  return [
    ...people.flatMap((utterance) => toVariedExamples(utterance, card, recipe.copiesOfPeople, random)),
    ...made.flatMap((utterance) => toVariedExamples(utterance, card, recipe.copiesOfMade, random)),
  ];
}

async function newFittedNetwork(tf: TensorFlow, card: AudioCard, examples: readonly Example[]): Promise<LayersModel> {
  const network = newKeywordNetwork(tf, featureShape(card), card.output.labels?.length ?? 0, recipe.seed);
  await fitNetwork(tf, network, examples, recipe.stages, newRandom(recipe.seed));
  return network;
}

function toEvaluation(scores: ReadonlyMap<string, number>) {
  const mean = [...scores.values()].reduce((sum, score) => sum + score, 0) / scores.size;
  return {
    data: 'Free Spoken Digit Dataset: the training part, 450 recordings of each of five people',
    method: 'each person is heard by a network that was trained without any recording of that person',
    accuracyOfTheOneLeftOut: Object.fromEntries([...scores].map(([speaker, score]) => [speaker, rounded(score)])),
    meanAccuracy: rounded(mean),
    seed: recipe.seed,
  };
}

function rounded(share: number): number {
  return Number(share.toFixed(4));
}
