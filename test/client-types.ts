import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';
import { allOperations } from '../apps/api/src/openapi/all-operations.js';
import { composeDocument, type OpenApiDocument } from '../apps/api/src/openapi/compose-document.js';
import type { JsonSchema } from '../apps/api/src/openapi/schema-collection.js';

/** Where the types are that the client is made with. */
export const clientTypesPath = 'libs/client/src/description.ts';

const head = `// Made from the description of the API by \`npm run client:types\`; not to be edited.
import type { Bytes } from './bytes.js';
`;

/** The types of all requests and answers, as the code describes them now. */
export async function clientTypes(): Promise<string> {
  const nodes = await openapiTS(describedForClients() as unknown as OpenAPI3, {
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    transform: ({ format }) => (format === 'binary' ? ts.factory.createTypeReferenceNode('Bytes') : undefined),
  });
  const options = await resolveConfig(clientTypesPath);
  return format(head + astToString(nodes), { ...options, filepath: clientTypesPath });
}

/** Without old routes, which have their own clients, and without what a client throws or does not look at. */
function describedForClients(): OpenApiDocument {
  const described = Object.entries(allOperations(0)).filter(([, { tag }]) => tag !== 'old routes');
  const routes = described.map(([route]) => {
    const [method = '', pattern = ''] = route.split(' ');
    return { method, pattern, need: 'no key' as const };
  });
  const document = composeDocument({ routes, operations: Object.fromEntries(described), needsKeys: false });
  for (const operation of Object.values(document.paths).flatMap(Object.values)) trim(operation as JsonSchema);
  const { schemas = {}, parameters = {} } = document.components;
  for (const name of Object.keys(parameters))
    if (name === requestId || name.startsWith('webhook-')) delete parameters[name];
  // A client is not called by webhooks: of them it has the type of what they receive.
  schemas['WebhookEvent'] = { oneOf: Object.values(document.webhooks).map(({ post }) => bodySchemaOf(post)) };
  // What networks and their cards may be is said in docs/card.md; here it would be a third of all types.
  schemas['ModelCard'] = { type: 'object', additionalProperties: true };
  for (const name of Object.keys(schemas)) if (name.startsWith('__')) delete schemas[name];
  return { ...document, webhooks: {}, components: { schemas, parameters } };
}

function bodySchemaOf({ requestBody }: JsonSchema): JsonSchema {
  const { content } = requestBody as { content: { 'application/json': { schema: JsonSchema } } };
  return content['application/json'].schema;
}

const requestId = 'X-Request-Id';

function trim(operation: JsonSchema): void {
  const parameters = operation['parameters'] as JsonSchema[];
  operation['parameters'] = parameters.filter(({ $ref }) => !String($ref).endsWith(requestId));
  const responses = Object.entries(operation['responses'] as Record<string, JsonSchema>);
  const answers = responses.filter(([, { $ref }]) => $ref === undefined);
  for (const [, answer] of answers) delete answer['headers'];
  operation['responses'] = Object.fromEntries(answers);
}
