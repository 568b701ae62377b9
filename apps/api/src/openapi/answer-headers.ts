/** Headers of answers, by their names; all are text. */
export const answerHeaderTexts = {
  Location: 'Where the thing is found that was made, or is meant.',
  'Retry-After': 'Seconds after which it is worth asking again.',
  ETag: 'Changes when the answer does; for `If-None-Match`.',
  'Preference-Applied': 'How long it would have been waited, such as `wait=30`.',
  'Content-Disposition': 'Has a browser save the bytes under their name.',
  'WWW-Authenticate': 'What is wrong with the key (RFC 6750).',
  'X-Request-Id': 'Names the request in the log: the caller’s own id, if the request had one.',
  RateLimit: 'How many requests are left, and in how many seconds all are there again: `"requests";r=1999;t=1`.',
  'RateLimit-Policy': 'How many requests may be sent in how many seconds: `"requests";q=2000;w=10`.',
} as const;

export type AnswerHeader = keyof typeof answerHeaderTexts;

/** What every answer may have. */
export const commonAnswerHeaders: readonly AnswerHeader[] = ['X-Request-Id', 'RateLimit', 'RateLimit-Policy'];
