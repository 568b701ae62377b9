import type { Need } from '../access/needs-scope.js';
import { problemSchema } from '../problems/problem.js';
import type { RouteTable } from '../problems/route-table.js';
import { answerHeaderTexts, commonAnswerHeaders, type AnswerHeader } from './answer-headers.js';
import { mapValues } from './map-values.js';
import type { Answer, Contents, Operation, Operations, Tag } from './operation.js';
import {
  problemAnswers,
  problemDescription,
  problemExamples,
  problemHeaders,
  type ProblemAnswer,
} from './problem-answers.js';
import { headerParameters, toParameters } from './parameters.js';
import { SchemaCollection, type JsonSchema } from './schema-collection.js';
import { aboutTheApi, tags } from './about-the-api.js';
import { toWebhooks, webhookHeaderParameters } from './webhooks.js';

type Routes = ReturnType<RouteTable['list']>;

/** A description of the API as OpenAPI 3.1 has it. */
export interface OpenApiDocument {
  openapi: string;
  info: JsonSchema;
  tags: unknown[];
  paths: Record<string, Record<string, JsonSchema>>;
  /** What is sent to webhooks, by the types of the events. */
  webhooks: Record<string, { post: JsonSchema }>;
  components: Record<string, JsonSchema>;
}

/** What the description is made of. */
export interface DocumentParts {
  routes: Routes;
  operations: Operations;
  /** Whether callers must have a key. */
  needsKeys: boolean;
}

/** The routes that are answered, and are described; `HEAD` goes without saying beside each `GET`. */
export function composeDocument({ routes, operations, needsKeys }: DocumentParts): OpenApiDocument {
  const composer = new Composer(needsKeys);
  const paths: OpenApiDocument['paths'] = {};
  const used = new Set<Tag>();
  for (const { method, pattern, need } of routes) {
    const operation = operations[`${method} ${pattern}`];
    if (operation === undefined) continue;
    used.add(operation.tag);
    const path = pattern.replace(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[method.toLowerCase()] = composer.toOperation(operation, need);
  }
  return {
    openapi: '3.1.1',
    info: aboutTheApi,
    tags: tags.filter(({ name }) => used.has(name)),
    paths,
    webhooks: toWebhooks(composer.schemas),
    components: composer.components(),
  };
}

/** Turns what is said of routes into OpenAPI, and collects what they have in common. */
class Composer {
  readonly schemas = new SchemaCollection();
  private readonly responses: Record<string, JsonSchema> = {};

  constructor(private readonly needsKeys: boolean) {}

  toOperation(operation: Operation, need: Need): JsonSchema {
    const { operationId, tag, summary, description, body, answers, problems } = operation;
    const responses = [
      ...Object.entries(answers).map(([status, answer]) => [status, this.toAnswer(answer)]),
      ...problemAnswers(problems, need).map((answer) => [String(answer.status), this.toProblemAnswer(answer)]),
    ];
    return {
      operationId,
      tags: [tag],
      summary,
      ...(description !== undefined && { description }),
      security: this.toSecurity(need),
      parameters: toParameters(operation, this.schemas),
      ...(body && {
        requestBody: { required: !body.optional, content: this.toContent(body.content, 'input') },
      }),
      responses: Object.fromEntries(responses) as JsonSchema,
    };
  }

  components(): OpenApiDocument['components'] {
    return {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'An API key, `esk_...`, with the scope that is named.' },
      },
      headers: mapValues(answerHeaderTexts, (description) => ({ description, schema: { type: 'string' } })),
      parameters: { ...headerParameters(), ...webhookHeaderParameters() },
      schemas: this.schemas.components,
      responses: this.responses,
    };
  }

  private toSecurity(need: Need): JsonSchema[] {
    if (need === 'no key') return [];
    return this.needsKeys ? [{ key: [need] }] : [{}, { key: [need] }];
  }

  private toAnswer({ description, headers = [], content }: Answer): JsonSchema {
    return {
      description,
      headers: toHeaders(headers),
      ...(content && { content: this.toContent(content, 'output') }),
    };
  }

  private toContent(contents: Contents, side: 'input' | 'output'): JsonSchema {
    return mapValues(contents, ({ schema, line, examples }) => ({
      schema: this.schemas.toSchema(schema, side),
      ...(line && { 'x-line-schema': this.schemas.toSchema(line, side) }),
      ...(examples && { examples: mapValues(examples, (value) => ({ value })) }),
    }));
  }

  /** The same codes make the same answer, wherever. */
  private toProblemAnswer(answer: ProblemAnswer): JsonSchema {
    const name = answer.codes.join('.');
    this.responses[name] ??= {
      description: problemDescription(answer),
      headers: toHeaders(problemHeaders(answer)),
      content: {
        'application/problem+json': {
          schema: {
            ...this.schemas.toSchema(problemSchema, 'output'),
            properties: { code: { enum: answer.codes }, status: { const: answer.status } },
          },
          examples: mapValues(problemExamples(answer), (value) => ({ value })),
        },
      },
    };
    return { $ref: `#/components/responses/${name}` };
  }
}

function toHeaders(names: readonly AnswerHeader[]): JsonSchema {
  return Object.fromEntries(
    [...names, ...commonAnswerHeaders].map((name) => [name, { $ref: `#/components/headers/${name}` }]),
  );
}
