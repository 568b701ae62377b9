import { z } from 'zod';

import type { Value } from '../../../network/graph.js';
import { layerKind, requireRank, type LayerCall, type LayerKind } from '../layer.js';
import type { LayerConfig } from '../layer-config.js';
import { common, ignored } from '../options.js';
import { reversedSteps } from './recurrent.js';

const wrapped = z.object({ class_name: z.string(), config: z.looseObject({ name: z.string() }) });

function inner({ class_name: className, config }: z.infer<typeof wrapped>): LayerConfig {
  return { className, name: config.name, config };
}

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
      layer: wrapped.refine(({ class_name }) => recurrent.has(class_name), 'must be LSTM, GRU or SimpleRNN'),
      backward_layer: wrapped
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
        const forward = inner(layer);
        return [
          { ...forward, name: `forward_${forward.name.replace(/^forward_/, '')}` },
          backward ? inner(backward) : backwards(forward),
        ];
      },
      mask: 'matters',
      apply: (call) => {
        const [forward, backward] = call.parts.map((part) => part.apply([call.input], call.site)[0]!);
        return joined(call, forward!, backward!.shape.length === 2 ? reversedSteps(call, backward!) : backward!);
      },
    },
  ),
  TimeDistributed: layerKind(z.strictObject({ ...common, layer: wrapped }), {
    parts: ({ layer }) => [inner(layer)],
    apply: (call) => {
      const { input, add, parts, site, refuse } = call;
      if (input.shape.length < 2) requireRank(call, 2);
      const [steps, ...step] = input.shape;
      const each = add({ kind: 'reshape', shape: step }, input);
      const outputs = parts[0]!.apply([each], site);
      if (outputs.length !== 1) throw refuse('its layer gives several values, which is not supported');
      return add({ kind: 'reshape', shape: [steps!, ...outputs[0]!.shape] }, outputs[0]!);
    },
  }),
};
