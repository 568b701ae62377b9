interface HeaderParameter {
  description: string;
  pattern?: string;
  example: string;
}

/** Headers that some routes heed, by their names. */
export const requestHeaderTexts = {
  'Idempotency-Key': {
    description:
      'Has the same request carried out once within 24 hours, however often it is sent. Printable ASCII without spaces, such as a UUID.',
    pattern: '^[\\x21-\\x7e]{1,255}$',
    example: '8e03978e-40d5-43e8-bc93-6894a57f9324',
  },
  Prefer: {
    description: '`wait=N` waits up to N seconds, 60 at most, for the end of the job (RFC 7240).',
    example: 'wait=30',
  },
  'Last-Event-ID': {
    description: 'The id of the last event that was met; only later ones are sent.',
    example: '1.1.1',
  },
  'If-None-Match': {
    description: 'The `ETag` of an answer that is known: while it is still the same, the answer is 304.',
    example: '"2jmj7l5rSw0yVb_vlWAYkK_YBwk"',
  },
  'X-Request-Id': { description: 'What the request is to be called in the log.', example: 'night-shift-7' },
} as const satisfies Record<string, HeaderParameter>;

export type RequestHeader = keyof typeof requestHeaderTexts;
