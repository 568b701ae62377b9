import { describe, expect, it } from '@jest/globals';
import { EarshotError } from '#jobs/store';
import { ModelError } from '#models';
import { toLoggedFailure } from './to-logged-failure.js';

describe('toLoggedFailure', () => {
  it('has for the logs what caused an error, and of a foreseen one nothing else', () => {
    const code = 'model_in_use';
    expect(toLoggedFailure(new ModelError(code, 'a'))).toEqual({ code, detail: 'a' });
    expect(toLoggedFailure(new EarshotError(code, 'a'))).toEqual({ code, detail: 'a' });
    const caused = toLoggedFailure(new EarshotError(code, 'a', { cause: new Error('the disk is gone') }));
    expect(caused.cause).toMatch(/^Error: the disk is gone\n +at /);
  });

  it('tells nobody but the logs what was not foreseen', () => {
    const failure = toLoggedFailure(new TypeError('x is not a function'));
    expect(failure.code).toBe('internal_error');
    expect(failure.detail).not.toContain('x is not');
    expect(failure.cause).toMatch(/^TypeError: x is not a function\n +at /);
  });
});
