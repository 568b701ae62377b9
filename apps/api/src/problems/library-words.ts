const endedEarly = 'The form ended before its last part did; send it again, whole.';

/** By an error's code, or its message where it has none; Nest makes errors of its own of Fastify's, with the message alone. */
const words: Record<string, string> = {
  FST_ERR_BAD_URL: 'The path has a % that begins no character; write %25 for the sign itself.',
  'Unsupported Media Type':
    'The header Content-Type names no media type; send one such as audio/wav or application/json.',
  FST_FIELDS_LIMIT: 'The form has more fields than this request takes; docs/api.md lists them.',
  FST_FILES_LIMIT: 'The form has more files than this request takes; docs/api.md says how many.',
  FST_PARTS_LIMIT: 'The form has more parts than this request takes; docs/api.md lists them.',
  FST_PROTO_VIOLATION: 'The form has a part with a name that no field has; docs/api.md lists the fields.',
  FST_MP_PREMATURE_CLOSE: endedEarly,
  'Unexpected end of multipart data': endedEarly,
  'Part terminated early due to unexpected end of multipart data': endedEarly,
  'Multipart: Boundary not found':
    'The header Content-Type has no boundary; leave the header to whatever makes the form, such as curl -F.',
};

/** What an error of Fastify's, or of its reader of forms, means to a caller; undefined for any other. */
export function libraryWords(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const name = 'code' in error ? String(error.code) : error.message;
  return Object.hasOwn(words, name) ? words[name] : undefined;
}
