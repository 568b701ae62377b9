import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { faultsOf, invalidRequest, pointerTo } from './invalid-request.js';

const schema = z.strictObject({
  model: z.string(),
  webhook: z.strictObject({ events: z.array(z.enum(['a', 'b'])) }).optional(),
});

function pointersFor(value: unknown): string[] {
  const { error } = schema.safeParse(value);
  return error ? faultsOf(error).map(({ pointer }) => pointer) : [];
}

describe('what is wrong with a request', () => {
  it.each<[unknown, string[]]>([
    [{ model: 'm' }, []],
    [{}, ['/model']],
    [{ model: 'm', webhook: { events: ['a', 'c'] } }, ['/webhook/events/1']],
    [{ model: 'm', webhook: { events: [], secret: 1 } }, ['/webhook/secret']],
    [{ model: 'm', 'a/b~c': 1, '': 2 }, ['/a~1b~0c', '/']],
    [[], ['']],
    [null, ['']],
  ])('of %j is pointed at by %j', (value, pointers) => {
    expect(pointersFor(value)).toEqual(pointers);
  });

  it('is said in words, of many faults the first', () => {
    const faults = Array.from({ length: 12 }, (_, i) => ({ pointer: pointerTo('files', i), detail: 'must be new' }));
    const [first, second] = faults;
    expect(
      invalidRequest(
        [first, second].flatMap((fault) => fault ?? []),
        { part: 'parameter' },
      ).message,
    ).toBe('Correct these parameters: /files/0 must be new; /files/1 must be new.');
    expect(invalidRequest(faults).message).toMatch(/\/files\/9 must be new and 2 more\.$/);
    expect(invalidRequest([{ pointer: '', detail: 'Invalid input' }]).message).toBe('The body must be a JSON object.');
  });
});
