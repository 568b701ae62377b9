import type { z } from 'zod';

/**
 * A schema's faults as sentences, each beginning with the path of its field. The input must have been reported.
 *
 * @param whole what has no unknown fields
 */
export function describeIssues(issues: readonly z.core.$ZodIssue[], whole = 'a model card'): string[] {
  return issues.flatMap((issue) => {
    const path = issue.path.join('.');
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => `${[...issue.path, key].join('.')} is not a field of ${whole}`);
    return [`${path === '' ? 'the content' : path} ${requirement(issue)}`];
  });
}

const zodsOwnWords = 'Invalid input';

/** What a fault asks for: `must be at least 1`. The input must have been reported. */
export function requirement(issue: z.core.$ZodIssue): string {
  if (issue.input === undefined && issue.code !== 'custom') return 'is missing';
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int' ? 'must be a whole number' : `must be of type ${issue.expected}`;
    case 'invalid_value':
      return `must be ${issue.values.map(String).join(' or ')}`;
    case 'invalid_union':
      if ('options' in issue && issue.options) return `must be ${issue.options.map(String).join(' or ')}`;
      // A schema that has words of its own for its forms is better understood than they are one by one.
      if (issue.message !== zodsOwnWords) return issue.message;
      return alternatives(issue.errors.flatMap(([first]) => (first ? [requirement(first)] : [])));
    case 'too_small':
      return `must be ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${unitOf(issue.origin)}`;
    case 'too_big':
      return `must be ${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}${unitOf(issue.origin)}`;
    case 'custom':
    case 'invalid_element':
    case 'invalid_format':
    case 'invalid_key':
    case 'not_multiple_of':
    case 'unrecognized_keys':
      return issue.message;
  }
}

/** What one of several forms asks for; that another form would have another type says nothing. */
function alternatives(requirements: readonly string[]): string {
  const telling = requirements.filter((text) => !text.startsWith('must be of type'));
  return [...new Set(telling.length > 0 ? telling : requirements)].join(', or ');
}

function unitOf(origin: string): string {
  if (origin === 'string') return ' characters long';
  return origin === 'array' ? ' long' : '';
}
