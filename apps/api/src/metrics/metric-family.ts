import { Registry, type Metric, type MetricType } from 'prom-client';

/** One number of a family, told from its others by its labels. */
export interface Sample {
  labels: Record<string, string | number>;
  value: number;
  /** Of a histogram's parts; default: the family's name. */
  metricName?: string;
}

/** A metric whose numbers are known from elsewhere, and not counted in this process. */
export interface MetricFamily {
  name: string;
  help: string;
  type: `${Lowercase<keyof typeof MetricType>}`;
  values: Sample[];
}

/** A number, or one for each of some labels. */
export function gauge(name: string, help: string, values: number | Sample[]): MetricFamily {
  return { name, help, type: 'gauge', values: typeof values === 'number' ? [{ labels: {}, value: values }] : values };
}

export function counter(name: string, help: string, values: Sample[]): MetricFamily {
  return { name, help, type: 'counter', values };
}

/**
 * @param bounds upper ones of the classes but the last
 * @param times how many are in each class, and the sum of all, for each of some labels
 */
export function histogram(
  name: string,
  help: string,
  bounds: readonly number[],
  times: readonly { labels: Sample['labels']; counts: readonly number[]; sum: number }[],
): MetricFamily {
  const values = times.flatMap(({ labels, counts, sum }): Sample[] => {
    let count = 0;
    const buckets = counts.map((some, i) => {
      count += some;
      return { metricName: `${name}_bucket`, labels: { ...labels, le: bounds[i] ?? '+Inf' }, value: count };
    });
    const rest = [
      { metricName: `${name}_sum`, labels, value: sum },
      { metricName: `${name}_count`, labels, value: count },
    ];
    return [...buckets, ...rest];
  });
  return { name, help, type: 'histogram', values };
}

/** The families as Prometheus reads them. */
export function toRegistry(families: readonly MetricFamily[]): Registry {
  const registry = new Registry();
  // All that a registry asks of a metric to print it.
  for (const family of families)
    registry.registerMetric({ ...family, get: () => Promise.resolve(family) } as unknown as Metric);
  return registry;
}
