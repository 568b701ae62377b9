import { expect, it } from '@jest/globals';
import type { EarshotClient } from './index.js';

/** Never called: that it compiles is the test. */
async function wrongRequests({ jobs, batches, keys, models }: EarshotClient): Promise<void> {
  const bytes = new Uint8Array(3);
  // @ts-expect-error -- no model
  await jobs.submit({ bytes });
  // @ts-expect-error -- no input
  await jobs.submit({ model: 'demo' });
  // @ts-expect-error -- two inputs
  await jobs.submit({ model: 'demo', bytes, url: 'https://a.test' });
  // @ts-expect-error -- a form cannot be sent from a stream
  await jobs.submit({ model: 'demo', file: new Blob().stream() });
  // @ts-expect-error -- no such field
  await jobs.submit({ model: 'demo', bytes, urgency: 9 });
  // @ts-expect-error -- no such status
  jobs.list({ status: ['done'] });
  // @ts-expect-error -- a batch has a model
  await batches.open({ metadata: {} });
  // @ts-expect-error -- no such scope
  await keys.create({ owner: 'acme', scopes: ['write'] });
  // @ts-expect-error -- one version is removed, not all
  await models.remove({ name: 'demo' });
  // @ts-expect-error -- it may have failed
  (await jobs.get('job_1')).result.label.trim();
}

it('wrong requests do not compile', () => expect(wrongRequests).toBeInstanceOf(Function));
