import { describe, expect, it } from '@jest/globals';
import type { Job } from 'bullmq';
import { pino } from 'pino';
import { FolderStore } from '#jobs';
import { withFolder } from '../../../../test/with-folder.js';
import { ModelsProcessor, ModelsProcessorTools } from './models.processor.js';
import type { RegisterParts } from './register-once.js';

class TestedProcessor extends ModelsProcessor {}

/** Hands a change to a processor with an empty store; how it fails, and what is logged. No process is started. */
function failureOf(data: unknown): Promise<{ reason: string; logged: unknown }> {
  return withFolder(async (folder) => {
    const lines: string[] = [];
    const log = pino({ base: null, timestamp: false }, { write: (line: string) => void lines.push(line) });
    const processor = new TestedProcessor(new ModelsProcessorTools(new FolderStore(folder), {} as RegisterParts, log));
    const failed = processor.process({ id: 'change_1', data } as Job).then(
      () => 'nothing failed',
      (error: Error) => `${error.name}: ${error.message}`,
    );
    return { reason: await failed, logged: lines.map((line) => JSON.parse(line) as unknown) };
  });
}

describe('a change that cannot be carried out', () => {
  it('fails for good with its code, and the log has the change and the request that asked for it', async () => {
    const change = { change: 'set-alias', name: 'fan', alias: 'stable', version: '1.0.0', requestId: 'request-1' };
    const { reason, logged } = await failureOf(change);
    expect(reason).toContain('UnrecoverableError: model_not_found: fan 1.0.0 is not registered');
    expect(logged).toMatchObject([{ ...change, changeId: 'change_1', code: 'model_not_found' }]);
  });

  it('fails when what Redis holds is no change', async () => {
    const { reason, logged } = await failureOf({ change: 'rename', name: 'fan' });
    expect(reason).toContain('UnrecoverableError: payload_unreadable: ');
    expect(logged).toMatchObject([{ changeId: 'change_1', code: 'payload_unreadable' }]);
  });
});
