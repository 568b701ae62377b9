import { EarshotError, type RequestFault } from '#jobs';
import type { z } from 'zod';

/** What the parts of a request are called: those of a body or a form, or those of its address. */
export type PartName = 'field' | 'parameter';

/**
 * Points at a part of a request: of a JSON body, or of the fields of a form or an address, taken as one object.
 *
 * @returns a JSON pointer (RFC 6901); empty for the whole
 */
export function pointerTo(...path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The faults that a schema has found; a part that is unknown is pointed at itself. */
export function faultsOf({ issues }: z.ZodError, part: PartName = 'field'): RequestFault[] {
  return issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ pointer: pointerTo(...issue.path, key), detail: `is no ${part} of this request` }))
      : [{ pointer: pointerTo(...issue.path), detail: issue.message }],
  );
}

/** So many are told in words; all are pointed at. */
const toldFaults = 10;

/** Refuses a request for all its faults together. */
export function invalidRequest(
  faults: readonly RequestFault[],
  { part = 'field', cause }: { part?: PartName; cause?: unknown } = {},
): EarshotError {
  const isNone = faults.some(({ pointer }) => pointer === '');
  const told = faults.slice(0, toldFaults).map(({ pointer, detail }) => `${pointer} ${detail}`);
  const rest = faults.length > toldFaults ? ` and ${faults.length - toldFaults} more` : '';
  const words = isNone ? 'The body must be a JSON object.' : `Correct these ${part}s: ${told.join('; ')}${rest}.`;
  return new EarshotError('invalid_request', words, { faults, cause });
}

/** Refuses a request for one part of it. */
export function invalidPart(name: string, detail: string, part: PartName = 'field'): EarshotError {
  return invalidRequest([{ pointer: pointerTo(name), detail }], { part });
}
