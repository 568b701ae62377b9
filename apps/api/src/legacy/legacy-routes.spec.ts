import { describe, expect, it } from '@jest/globals';
import { legacyRoutesSetting } from './legacy-routes.js';

function faultsOf(text: string, needsOwner: boolean): string[] {
  return (legacyRoutesSetting(needsOwner).safeParse(text).error?.issues ?? []).map(({ message }) => message);
}

describe('EARSHOT_LEGACY_ROUTES', () => {
  it('names routes, their models, and whom they act for', () => {
    expect(legacyRoutesSetting(false).parse('index, inference=fan-fault,predict=keyword@1.0.0:acme')).toEqual([
      { name: 'index' },
      { name: 'inference', model: 'fan-fault', owner: 'local' },
      { name: 'predict', model: 'keyword@1.0.0', owner: 'acme' },
    ]);
    expect(legacyRoutesSetting(true).parse('v1=characters@stable:acme,predictlabel=digits:b-2')).toEqual([
      { name: 'v1', model: 'characters@stable', owner: 'acme' },
      { name: 'predictlabel', model: 'digits', owner: 'b-2' },
    ]);
  });

  it.each([
    ['inferences=fan-fault', 'must be one or more of index, inference=MODEL'],
    ['fan-fault', 'must be one or more of'],
    ['index=fan-fault', 'index without a model'],
    ['inference', 'the model of inference: inference=MODEL'],
    ['inference=', 'the model of inference'],
    ['inference=a b', 'the model of inference'],
    ['inference=a@b@c', 'the model of inference'],
    ['v1=a:', 'the model of v1'],
    ['v1=a:Acme', 'an owner of small letters, digits and single hyphens for v1'],
    ['v1=a:../b', 'an owner'],
    [`v1=a:${'b'.repeat(65)}`, 'an owner'],
    ['predict=a,predict=b', 'must name predict once'],
  ])('is refused when it is %s', (text, fault) => {
    expect(faultsOf(text, false)).toEqual([expect.stringContaining(fault)]);
  });

  it('must say whom each route acts for where owners have keys', () => {
    expect(faultsOf('index,predict=a,v1=b:acme', true)).toEqual([
      'must name the owner that predict acts for: predict=MODEL:OWNER',
    ]);
  });

  it('is told all that is wrong with it at once', () => {
    expect(faultsOf('predict,v1=a:B,none', true)).toHaveLength(3);
  });
});
