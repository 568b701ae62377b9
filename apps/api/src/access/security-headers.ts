/** Answers are data for programs: no page may embed them, and nothing in them may run. */
const securityHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

/** The headers of every answer, whatever it answers. */
export function answerHeaders(requestId: string): Record<string, string> {
  return { ...securityHeaders, 'x-request-id': requestId };
}
