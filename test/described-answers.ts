import type { OpenApiDocument } from '../apps/api/src/openapi/compose-document.js';
import type { JsonSchema } from '../apps/api/src/openapi/schema-collection.js';
import { DocumentSchemas } from './document-schemas.js';

/** An answer of the API, whoever asked. */
export interface SeenAnswer {
  method: string;
  /** Without the query. */
  path: string;
  status: number;
  contentType: string | null;
  /** Null when it was not read. */
  body: string | null;
}

interface DescribedOperation {
  pattern: RegExp;
  method: string;
  responses: Record<string, JsonSchema>;
}

/** What a request may be answered that no route takes. */
const withoutRoute = [
  ...['route_not_found', 'method_not_allowed', 'invalid_request', 'uri_too_long', 'headers_too_large'],
  ...['key_missing', 'key_unknown', 'scope_missing', 'rate_limited', 'queue_unavailable'],
  ...['host_not_allowed', 'origin_not_allowed', 'proxy_not_allowed'],
];

/** Tells whether answers are as the description of the API has them. */
export class DescribedAnswers {
  readonly schemas: DocumentSchemas;
  private readonly operations: DescribedOperation[];

  constructor(document: OpenApiDocument) {
    this.schemas = new DocumentSchemas(document);
    this.operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { responses }]) => ({
        pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
        method: method.toUpperCase(),
        responses: responses as Record<string, JsonSchema>,
      })),
    );
  }

  /** What is otherwise than described, in words. */
  faultsOf(answer: SeenAnswer): string[] {
    const method = answer.method === 'HEAD' ? 'GET' : answer.method;
    // Where GET makes something there is no HEAD.
    if (answer.method === 'HEAD' && answer.status === 405) return [];
    const operation = this.operationOf(method, answer.path);
    if (operation === undefined) return this.faultsWithoutRoute(answer);
    const response = operation.responses[answer.status];
    if (response === undefined) return [`${whatOf(answer)}: the status is not described: ${answer.body}`];
    return this.faultsOfBody(this.schemas.resolve(response), answer).map((fault) => `${whatOf(answer)}: ${fault}`);
  }

  /** Literal paths come before those with parameters, as with Fastify. */
  private operationOf(method: string, path: string): DescribedOperation | undefined {
    const fitting = this.operations.filter((operation) => operation.method === method && operation.pattern.test(path));
    return fitting.find(({ pattern }) => !pattern.source.includes('[^')) ?? fitting[0];
  }

  private faultsWithoutRoute({ body, ...answer }: SeenAnswer): string[] {
    if (answer.method === 'HEAD' || body === null) return [];
    const { code } = JSON.parse(body) as { code?: string };
    return withoutRoute.includes(String(code))
      ? []
      : [`${answer.method} ${answer.path} is not described, and answers ${answer.status} ${body}`];
  }

  private faultsOfBody({ content = {} }: JsonSchema, { method, contentType, body }: SeenAnswer): string[] {
    const contents = content as Record<string, { schema: JsonSchema; 'x-line-schema'?: JsonSchema }>;
    const [type = ''] = (contentType ?? '').split(';');
    if (Object.keys(contents).length === 0) return body ? [`there is a body, and none is described: ${body}`] : [];
    const described = contents[type] ?? contents[`${type.split('/')[0]}/*`];
    if (described === undefined) return [`the content type ${type} is not described`];
    if (method === 'HEAD' || body === null) return [];
    if (/[/+]json$/.test(type)) return this.schemas.faultsOf(described.schema, JSON.parse(body));
    const line = described['x-line-schema'];
    if (line === undefined) return [];
    return jsonLines(type, body).flatMap((text) => this.schemas.faultsOf(line, JSON.parse(text)));
  }
}

function jsonLines(type: string, body: string): string[] {
  const lines = body.split('\n').filter((line) => line !== '');
  if (type !== 'text/event-stream') return lines;
  return lines.filter((line) => line.startsWith('data: ')).map((line) => line.slice('data: '.length));
}

function whatOf({ method, path, status }: SeenAnswer): string {
  return `${method} ${path} ${status}`;
}
