import { describe, expect, it } from '@jest/globals';
import { EarshotError } from '#jobs';
import { submitJobParser, type Field } from './submit-job.request.js';

const { parse, faultsIn } = submitJobParser(300);
const model: Field = ['model', 'fan'];

function pointersFor(...fields: Field[]): string[] {
  try {
    parse(fields);
  } catch (error) {
    if (!(error instanceof EarshotError)) throw error;
    expect(faultsIn(fields)).toEqual(error.faults);
    return error.faults.map(({ pointer }) => pointer).sort();
  }
  return [];
}

describe('submitJobParser', () => {
  it('has defaults for all but the model', () => {
    expect(parse([model])).toEqual({ model: 'fan', metadata: {}, priority: 5, timeout: 300 });
  });

  it('reads every field', () => {
    const fields: Field[] = [
      model,
      ['metadata', '{"a":[1]}'],
      ['priority', '9'],
      ['expiresIn', '0.5'],
      ['timeout', '60'],
      ['webhook', '{"url":"https://a.example/","events":["job.running"]}'],
    ];
    expect(parse(fields)).toEqual({
      model: 'fan',
      metadata: { a: [1] },
      priority: 9,
      expiresIn: 0.5,
      timeout: 60,
      webhook: { url: 'https://a.example/', events: ['job.running'] },
    });
  });

  it('takes the address of a webhook alone', () => {
    const { webhook } = parse([model, ['webhook', 'https://a.example/?b={c}']]);
    expect(webhook).toEqual({ url: 'https://a.example/?b={c}' });
  });

  it('reports all faults together', () => {
    expect(pointersFor(['priority', '10'], ['timeout', '301'], ['webhok', 'x'])).toEqual([
      '/model',
      '/priority',
      '/timeout',
      '/webhok',
    ]);
  });

  it.each<[string, Field]>([
    ['/metadata', ['metadata', 'no json']],
    ['/metadata', ['metadata', '[1]']],
    ['/metadata', ['metadata', 'null']],
    ['/metadata', ['metadata', JSON.stringify({ text: 'x'.repeat(4096) })]],
    ['/priority', ['priority', '-1']],
    ['/priority', ['priority', '5.5']],
    ['/expiresIn', ['expiresIn', '0']],
    ['/expiresIn', ['expiresIn', 'tomorrow']],
    ['/timeout', ['timeout', '1e2']],
    ['/webhook/url', ['webhook', 'a.example']],
    ['/webhook', ['webhook', '{"url":']],
    ['/webhook/url', ['webhook', '']],
    ['/webhook/url', ['webhook', '{"url":"file:///etc/passwd"}']],
    ['/webhook/url', ['webhook', '{}']],
    ['/webhook/events', ['webhook', '{"url":"http://a.example","events":[]}']],
    ['/webhook/secret', ['webhook', '{"url":"http://a.example","secret":"mine"}']],
    ['/model', ['model', 'other']],
    ['/__proto__', ['__proto__', 'x']],
  ])('refuses %s given as %j', (pointer, field) => {
    expect(pointersFor(model, field)).toEqual([pointer]);
  });

  it('takes metadata of exactly 4 KiB', () => {
    const text = JSON.stringify({ text: 'x'.repeat(4096 - 11) });
    expect(Buffer.byteLength(text)).toBe(4096);
    expect(pointersFor(model, ['metadata', text])).toEqual([]);
  });
});
