import { bytesOf, json } from '../openapi/contents.js';
import type { Operation, Operations } from '../openapi/operation.js';
import { jsonProblems, receivingProblems } from '../openapi/problem-answers.js';
import { exampleModel, exampleSummary } from './model.examples.js';
import { modelsViewSchema, modelViewSchema } from './model.view.js';
import { setAliasSchema } from './set-alias.request.js';

const name = { description: 'The name of a model.', example: 'fan-fault' };
const version = { description: 'A version of it.', example: '1.0.0' };
const alias = { description: 'An alias of one of its versions.', example: 'stable' };
const found = ['model_not_found', 'store_unavailable'] as const;
/** Workers carry it out. */
const change = ['workers_unavailable', 'queue_unavailable', 'store_unavailable'] as const;

const shown = (description: string, headers: Operation['answers'][number]['headers'] = []) => ({
  description,
  headers,
  content: json(modelViewSchema, { model: exampleModel }),
});

/** The models that jobs may name, and changes of them. */
export const modelOperations: Operations = {
  'GET /models': {
    operationId: 'listModels',
    tag: 'models',
    summary: 'Lists the models, each once',
    answers: {
      200: {
        description: 'Each in the version that a job gets which names the model alone.',
        content: json(modelsViewSchema, { one: { models: [exampleSummary] } }),
      },
    },
    problems: ['store_unavailable'],
  },
  'GET /models/:name': {
    operationId: 'readModel',
    tag: 'models',
    summary: 'Reads a model, in the version that its bare name means',
    path: { name },
    answers: { 200: shown('The version.') },
    problems: found,
  },
  'GET /models/:name/versions/:version': {
    operationId: 'readModelVersion',
    tag: 'models',
    summary: 'Reads a version of a model',
    path: { name, version: { ...version, description: 'A version of it, or an alias.' } },
    answers: { 200: shown('The version.') },
    problems: found,
  },
  'PUT /models/:name/versions/:version': {
    operationId: 'registerModel',
    tag: 'models',
    summary: 'Registers a version of a model from a bundle',
    description: 'The body is a folder with a card and weights as a zip or tar.gz archive.',
    path: { name, version },
    body: { content: bytesOf('application/zip', 'application/gzip', 'application/octet-stream') },
    answers: {
      200: shown('The very same was there already.', ['Location']),
      201: shown('It is registered.', ['Location']),
    },
    problems: [...receivingProblems, ...change, ...found, 'model_refused', 'model_version_conflict'],
  },
  'DELETE /models/:name/versions/:version': {
    operationId: 'removeModelVersion',
    tag: 'models',
    summary: 'Removes a version that no alias names',
    path: { name, version },
    answers: { 204: { description: 'It is gone.' } },
    problems: [...found, ...change, 'model_in_use'],
  },
  'PUT /models/:name/aliases/:alias': {
    operationId: 'setModelAlias',
    tag: 'models',
    summary: 'Has an alias name a version',
    path: { name, alias },
    body: { content: json(setAliasSchema, { first: { version: '1.0.0' } }) },
    answers: { 200: shown('The version that it now names.') },
    problems: [...found, ...change, ...jsonProblems],
  },
  'DELETE /models/:name/aliases/:alias': {
    operationId: 'removeModelAlias',
    tag: 'models',
    summary: 'Removes an alias',
    path: { name, alias },
    answers: { 204: { description: 'It is gone.' } },
    problems: [...found, ...change],
  },
};
