import { z } from 'zod';
import { bytes, json } from '../openapi/contents.js';
import type { Contents, Operation, Operations } from '../openapi/operation.js';
import { jsonProblems, receivingProblems } from '../openapi/problem-answers.js';
import { characterBodySchema, characterQuerySchema, characterSchema } from './character.view.js';
import { inferenceSchema, keywordSchema, predictedLabelSchema } from './form.views.js';

const problems: Operation['problems'] = [
  ...receivingProblems,
  ...(['model_missing', 'workers_unavailable', 'model_refused', 'input_type_mismatch'] as const),
  ...(['job_quota_exceeded', 'storage_quota_exceeded'] as const),
  // What the job may have failed with.
  ...(['input_missing', 'input_unreadable', 'input_crashed_worker', 'job_timed_out', 'job_canceled'] as const),
  ...(['worker_lost', 'payload_unreadable', 'engine_unavailable'] as const),
];
const addressProblems = [
  ...(['address_not_allowed', 'address_unresolved', 'input_unreachable', 'input_refused'] as const),
];

function form(...parts: readonly string[]): Contents {
  const file = z.looseObject(Object.fromEntries(parts.map((part) => [part, bytes.optional()])));
  return { 'multipart/form-data': { schema: file, examples: { file: { [parts[0] ?? '']: '(the bytes)' } } } };
}

const predictLabel = (operationId: string): Operation => ({
  operationId,
  tag: 'old routes',
  summary: 'Predicts a digit, as the server of digits did',
  body: { content: form('image', 'file') },
  answers: {
    200: {
      description: 'The label, and the probabilities as text.',
      content: json(predictedLabelSchema, {
        four: { success: true, most_probable_label: '4', predictions: [{ label: '0', probability: '5.8e-9' }] },
      }),
    },
  },
  problems,
});

const character = {
  description: 'The character.',
  content: json(characterSchema, { eight: { pred: '8', conf: 0.99 } }),
};

/** Those of older servers; each exists only where `EARSHOT_LEGACY_ROUTES` names it. */
export const legacyOperations: Operations = {
  'GET /': {
    operationId: 'readOldIndex',
    tag: 'old routes',
    summary: 'Says that the server is up, to who accepts plain text',
    answers: {
      200: {
        description: 'It is.',
        content: { 'text/plain': { schema: z.string(), examples: { up: 'server is up' } } },
      },
    },
    problems: ['route_not_found'],
  },
  'POST /inference': {
    operationId: 'inferAsBefore',
    tag: 'old routes',
    summary: 'Tells whether a machine has a fault, as the server of machine faults did',
    body: { content: form('file') },
    answers: {
      200: {
        description: 'The label, and the scores in the order of the card’s labels.',
        content: json(inferenceSchema, {
          imbalanced: {
            Anomaly: true,
            Details: { Message: 'Component is imbalanced', Probabilities: [0.0005, 0.999] },
          },
        }),
      },
    },
    problems,
  },
  'POST /predict': {
    operationId: 'predictKeyword',
    tag: 'old routes',
    summary: 'Predicts a keyword, as the server of keywords did',
    body: { content: form('file') },
    answers: { 200: { description: 'The keyword.', content: json(keywordSchema, { down: { keyword: 'down' } }) } },
    problems,
  },
  'POST /predictlabel': predictLabel('predictLabel'),
  'POST /api/predictlabel': predictLabel('predictLabelOfApi'),
  'GET /v1/predict': {
    operationId: 'predictCharacterAt',
    tag: 'old routes',
    summary: 'Predicts the character of an image at an address',
    query: characterQuerySchema,
    answers: { 200: character },
    problems: [...problems, ...addressProblems],
  },
  'POST /v1/predict': {
    operationId: 'predictCharacter',
    tag: 'old routes',
    summary: 'Predicts the character of an image',
    body: { content: json(characterBodySchema, { png: { image: 'data:image/png;base64,iVBORw0KGgo=' } }) },
    answers: { 200: character },
    problems: [...problems, ...jsonProblems],
  },
};
