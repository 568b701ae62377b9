import type { Call } from './call.js';
import type { Flow, Size } from './graph-value.js';

/** Whether a first size is that of the batch. */
export function requireBatch(call: Call, rows: Size | undefined, { times }: Flow): void {
  const { fixedBatch } = call.surroundings;
  const fits =
    typeof rows === 'object' ? rows.batch === times : fixedBatch !== undefined && rows === fixedBatch * times;
  if (!fits)
    call.refuse(
      `its first size is ${typeof rows === 'object' ? 'another number of rows' : rows}, and must be that of the batch`,
    );
}
