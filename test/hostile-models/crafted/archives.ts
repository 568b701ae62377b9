import { rawZip, type RawZipFile } from '../../models/raw-zip.js';
import { gunzipped } from '../base-files.js';
import { nested, weights, type Crafted } from './crafted.js';

/** Archives of Keras 3. Those that hold bundles are tried in libs/models/src/archive. */
export function kerasArchives(): Crafted[] {
  const keras = (name: string, files: RawZipFile[], refusal: RegExp) =>
    weights(`${name}.keras`, 'model.keras', rawZip(files), refusal);
  const metadata = { path: 'metadata.json', content: '{"keras_version": "3.9.0"}' };
  const topology = (layers: string) => `{"class_name": "Sequential", "config": {"name": "m", "layers": ${layers}}}`;
  const config = { path: 'config.json', content: topology('[{"class_name": "Flatten", "config": {"name": "f"}}]') };
  const input = '{"class_name": "InputLayer", "config": {"name": "i", "batch_shape": [null, 4096]}}';
  const dense = '{"class_name": "Dense", "config": {"name": "d", "units": 4096, "use_bias": false}}';
  const wide = { path: 'config.json', content: topology(`[${input}, ${dense}]`) };
  const values = { path: 'model.weights.h5', content: gunzipped('plain.h5.gz') };
  const many = Array.from({ length: 1001 }, (_, i) => ({ path: `${i}` }));
  return [
    keras('bomb', [metadata, config, { ...values, content: new Uint8Array(2 ** 27) }], /more than 200 times its/),
    keras(
      'bomb-inside',
      [metadata, wide, { ...values, content: gunzipped('deflated-variable.h5.gz') }],
      /more than the file has/,
    ),
    keras('archive-inside', [metadata, config, { ...values, content: rawZip([values]) }], /cannot be read as HDF5/),
    keras(
      'claimed-size',
      [metadata, config, { ...values, bytes: 2 ** 32 - 1 }],
      /unpacks to more than 1073741824 bytes/,
    ),
    keras('small-claim', [metadata, { ...config, bytes: 10 }, values], /unpacks to more than it says/),
    keras('large-claim', [metadata, { ...config, bytes: 10_000 }, values], /unpacks to less than it says/),
    keras('path-out', [metadata, config, { ...values, path: '../model.weights.h5' }], /leads out of the folder/),
    keras('absolute-path', [metadata, config, { ...values, path: '/etc/passwd' }], /has an absolute path/),
    keras(
      'link',
      [metadata, config, { path: 'model.weights.h5', content: '/etc/passwd', mode: 0o120777 }],
      /is a link/,
    ),
    keras('two-configs', [metadata, config, config, values], /"config.json" twice/),
    keras('many-files', [metadata, config, values, ...many], /more than 1000 entries/),
    keras('shared-bytes', [values, { ...values, offset: 0 }, metadata, config], /overlap/),
    keras('no-layers', [metadata, { ...config, content: topology('[]') }, values], /layers must be at least 1 long/),
    keras('nested-layers', [metadata, { ...config, content: topology(nested) }, values], /layers.0 must be/),
    keras('nested-config', [metadata, { ...config, content: nested }, values], /has no class_name/),
  ];
}
