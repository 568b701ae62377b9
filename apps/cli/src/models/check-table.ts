import { basename } from 'node:path';

import { toTable, type Column } from '../terminal/table.js';
import type { CheckedInput } from './check-reply.js';

const columns: readonly Column[] = [
  { title: 'file', align: 'left' },
  { title: 'label', align: 'left' },
  { title: 'score', align: 'right' },
  { title: 'decode ms', align: 'right' },
  { title: 'features ms', align: 'right' },
  { title: 'network ms', align: 'right' },
  { title: 'total ms', align: 'right' },
];
const mostScores = 10;

type PredictedInput = Extract<CheckedInput, { prediction: unknown }>;

/** Lines of a table with a row an input, in this width, and below it each input's scores. */
export function toCheckLines(inputs: readonly PredictedInput[], most: number): string[] {
  const rows = inputs.map(({ file, prediction, decodeMs, featuresMs, networkMs, totalMs }) => [
    basename(file),
    prediction.label ?? (prediction.tensor ? `values ${prediction.tensor.shape.join(' x ')}` : '-'),
    prediction.score?.toFixed(4) ?? '-',
    ...[decodeMs, featuresMs, networkMs, totalMs].map((ms) => ms.toFixed(2)),
  ]);
  return [...toTable(columns, rows, most), ...inputs.flatMap(toScoreLine)];
}

function toScoreLine({ file, prediction: { scores, segments } }: PredictedInput): string[] {
  if (scores.length === 0) return [];
  const shown = [...scores].sort((a, b) => b.score - a.score).slice(0, mostScores);
  const more = scores.length - shown.length;
  const list = shown.map(({ label, score }) => `${label} ${score.toFixed(4)}`).join(', ');
  const heard = segments.length > 1 ? `; ${segments.length} segments` : '';
  return [`${basename(file)}: ${list}${more > 0 ? `, and ${more} more` : ''}${heard}`];
}
