import { trainSpokenDigits } from './spoken-digits/train.js';

const trainings: Record<string, () => Promise<void>> = { 'spoken-digits': trainSpokenDigits };

const [name = ''] = process.argv.slice(2);
const training = trainings[name];
if (training) {
  await training();
} else {
  console.error(`usage: npm run train -- <model>; the models are: ${Object.keys(trainings).join(', ')}`);
  process.exitCode = 2;
}
