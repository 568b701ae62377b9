import { describe, expect, it } from '@jest/globals';
import type { OpenApiDocument } from '../apps/api/src/openapi/compose-document.js';
import { DescribedAnswers, type SeenAnswer } from './described-answers.js';

const thing = { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] };
const line = { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] };
const document = {
  openapi: '3.1.1',
  info: {},
  tags: [],
  components: { schemas: { Thing: thing } },
  paths: {
    '/things/{id}': {
      get: {
        responses: {
          200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } } },
          204: {},
        },
      },
    },
    '/things/all': { get: { responses: { 200: { content: { 'application/x-ndjson': { 'x-line-schema': line } } } } } },
  },
} as unknown as OpenApiDocument;

const seen: SeenAnswer = {
  ...{ method: 'GET', path: '/things/1', status: 200 },
  ...{ contentType: 'application/json; charset=utf-8', body: '{"id":"1"}' },
};
const described = new DescribedAnswers(document);
const lines = { path: '/things/all', contentType: 'application/x-ndjson' };

describe('DescribedAnswers', () => {
  it.each<[string, Partial<SeenAnswer>]>([
    ['what is described', {}],
    ['HEAD, without a body', { method: 'HEAD', body: '' }],
    ['lines', { ...lines, body: '{"n":1}\n{"n":2}\n' }],
    ['a route that there is not', { path: '/nothing', status: 404, body: '{"code":"route_not_found"}' }],
  ])('finds no fault with %s', (_what, answer) => {
    expect(described.faultsOf({ ...seen, ...answer })).toEqual([]);
  });

  it.each<[string, Partial<SeenAnswer>]>([
    ['a status', { status: 409 }],
    ['a field', { body: '{"id":"1","more":1}' }],
    ['a missing field', { body: '{}' }],
    ['a content type', { contentType: 'text/plain', body: 'x' }],
    ['a body where there is none', { status: 204 }],
    ['a line', { ...lines, body: '{"n":1}\n{"n":"2"}\n' }],
    ['a route', { path: '/hidden' }],
  ])('tells of %s that is not described', (_what, answer) => {
    expect(described.faultsOf({ ...seen, ...answer })).toHaveLength(1);
  });
});
