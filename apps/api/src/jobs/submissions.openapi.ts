import { jobViewSchema } from '#jobs';
import type { z } from 'zod';
import { bytes, bytesOf, json } from '../openapi/contents.js';
import type { Contents, Operation, Operations } from '../openapi/operation.js';
import { idempotencyProblems, receivingProblems } from '../openapi/problem-answers.js';
import { queuedJob, succeededJob } from './job.examples.js';
import { inputSchema } from './parse-json-submission.js';
import { submitJobSchema } from './submit-job.request.js';

const url = 'https://example.com/fan.wav';
const upload = 'upload_01KAGQ2W6Y3V8Z5N4M7T9R1XBC';

/** The ways in which an input is handed in. */
function submissionBody(fields: z.ZodObject, model: Record<string, string>): Contents {
  const given = { ...model, metadata: { line: 7 }, priority: 9 };
  return {
    'multipart/form-data': {
      schema: fields.extend({ file: bytes }),
      examples: { file: { ...given, file: '(the bytes of the file)' } },
    },
    'application/json': {
      schema: fields.extend({ input: inputSchema }),
      examples: { url: { ...given, input: { url } }, upload: { ...given, input: { upload } } },
    },
    ...bytesOf('application/octet-stream', 'audio/*', 'image/*'),
  };
}

const problems: Operation['problems'] = [
  ...receivingProblems,
  ...idempotencyProblems,
  ...(['model_not_found', 'upload_not_found', 'input_type_mismatch'] as const),
  ...(['address_not_allowed', 'address_unresolved', 'job_quota_exceeded', 'storage_quota_exceeded'] as const),
];

const answers: Operation['answers'] = {
  200: {
    description: 'The finished job, where it was waited for.',
    headers: ['Location', 'Preference-Applied'],
    content: json(jobViewSchema, { succeeded: succeededJob }),
  },
  202: {
    description: 'The job; it and its input are durable.',
    headers: ['Location', 'Retry-After', 'Preference-Applied'],
    content: json(jobViewSchema, { queued: queuedJob }),
  },
};

const description =
  'The input is the part `file` of a form, in any place among its parts; the whole body, with the fields in the query; or, ' +
  'in JSON, its address or the id of an upload. Fields of a form may be in the query as well. What the input is, is found ' +
  'from its bytes.';

/** @param mostTimeoutSeconds that a job may run */
export function submissionOperations(mostTimeoutSeconds: number): Operations {
  const fields = submitJobSchema(mostTimeoutSeconds);
  const ofModel = fields.omit({ model: true });
  return {
    'POST /jobs': {
      operationId: 'submitJob',
      tag: 'jobs',
      summary: 'Submits a job',
      description: `${description} \`model\` must be given in one of these places.`,
      query: fields.partial(),
      headers: ['Idempotency-Key', 'Prefer'],
      body: { content: submissionBody(fields.partial({ model: true }), { model: 'fan-fault' }) },
      answers,
      problems,
    },
    'POST /models/:model/predict': {
      operationId: 'predict',
      tag: 'jobs',
      summary: 'Submits a job and waits for its end',
      description: `${description} It is waited for 30 seconds, unless \`Prefer\` says otherwise.`,
      path: { model: { description: '`name`, `name@version` or `name@alias`.', example: 'fan-fault' } },
      query: ofModel.partial(),
      headers: ['Idempotency-Key', 'Prefer'],
      body: { content: submissionBody(ofModel, {}) },
      answers,
      problems,
    },
  };
}
