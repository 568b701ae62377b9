import type { OutputRules } from '../card/output-rules.js';
import type { WindowSpec } from '../card/window.js';
import { HeardBest } from './heard-best.js';
import { HeardErrors } from './heard-errors.js';
import { HeardLabels } from './heard-labels.js';
import type { HeardWindows } from './heard-windows.js';

/** What gathers the windows of one recording. @param rules of a card with `input.window`, which task `raw` has not */
export function hearWindows(rules: OutputRules, window: WindowSpec): HeardWindows {
  switch (rules.task) {
    case 'classification':
      return new HeardBest(rules, window);
    case 'multi-label':
      return new HeardLabels(rules, window);
    case 'anomaly-detection':
      return new HeardErrors(rules, window);
    case 'raw':
      throw new Error('values as they are cannot be gathered from windows');
  }
}
