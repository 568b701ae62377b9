import { z } from 'zod';

import type { Value } from '../../../network/graph.js';
import { layerKind, requireRank, type LayerCall, type LayerKind } from '../layer.js';
import { layerOfKeras, layerSchema } from '../layer-of-keras.js';
import type { LayerConfig } from '../layer-config.js';
import { common, ignored } from '../options.js';
import { reversedSteps } from './recurrent.js';

const recurrent: ReadonlySet<string> = new Set(['LSTM', 'GRU', 'SimpleRNN', 'CuDNNLSTM', 'CuDNNGRU']);

/** The layer that reads from the end, which most files leave to be made from the other. */
function backwards(forward: LayerConfig): LayerConfig {
  const name = `backward_${forward.name.replace(/^forward_/, '')}`;
  return {
    ...forward,
    name,
    config: { ...forward.config, name, go_backwards: forward.config['go_backwards'] !== true },
  };
}

const merges = ['concat', 'sum', 'ave', 'mul'] as const;

function joined({ add, options }: LayerCall<{ merge_mode: (typeof merges)[number] | null }>, a: Value, b: Value) {
  switch (options.merge_mode) {
    case null:
      return [a, b];
    case 'concat':
      return add({ kind: 'concatenate', axis: a.shape.length - 1 }, a, b);
    case 'mul':
      return add({ kind: 'arithmetic', operator: 'multiply' }, a, b);
    case 'sum':
      return add({ kind: 'arithmetic', operator: 'add' }, a, b);
    case 'ave': {
      const half = add({ kind: 'constant', value: { shape: [], data: Float32Array.of(0.5) } });
      return add(
        { kind: 'arithmetic', operator: 'multiply' },
        add({ kind: 'arithmetic', operator: 'add' }, a, b),
        half,
      );
    }
  }
}

/** Layers that apply other layers. */
export const wrappers: Record<string, LayerKind> = {
  Bidirectional: layerKind(
    z.strictObject({
      ...common,
      layer: layerSchema.refine(({ class_name }) => recurrent.has(class_name), 'must be LSTM, GRU or SimpleRNN'),
      backward_layer: layerSchema
        .refine(({ class_name }) => recurrent.has(class_name), 'must be LSTM, GRU or SimpleRNN')
        .nullish(),
      merge_mode: z.enum(merges).nullable().default('concat'),
      weights: z.null().optional(),
      return_sequences: ignored,
      return_state: z.literal(false).optional(),
      stateful: z.literal(false).optional(),
    }),
    {
      parts: ({ layer, backward_layer: backward }) => {
        const forward = layerOfKeras(layer);
        return [
          { ...forward, name: `forward_${forward.name.replace(/^forward_/, '')}` },
          backward ? layerOfKeras(backward) : backwards(forward),
        ];
      },
      mask: 'matters',
      apply: (call) => {
        const [forward, backward] = call.parts.map((part) => part.apply([call.input], call.site)[0]!);
        return joined(call, forward!, backward!.shape.length === 2 ? reversedSteps(call, backward!) : backward!);
      },
    },
  ),
  TimeDistributed: layerKind(z.strictObject({ ...common, layer: layerSchema }), {
    parts: ({ layer }) => [layerOfKeras(layer)],
    mask: 'passes',
    apply: (call) => {
      const { input, add, parts, site, refuse } = call;
      if (input.shape.length < 2) requireRank(call, 2);
      const [steps, ...step] = input.shape;
      const each = add({ kind: 'reshape', shape: step }, input);
      if (site.masked.has(input)) site.masked.add(each);
      const [output, ...more] = parts[0]!.apply([each], site);
      if (!output || more.length > 0) throw refuse('its layer gives several values, which is not supported');
      const together = add({ kind: 'reshape', shape: [steps!, ...output.shape] }, output);
      if (site.masked.has(output)) site.masked.add(together);
      return together;
    },
  }),
};
