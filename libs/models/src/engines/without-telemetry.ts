import { env } from 'node:process';

/**
 * ONNX Runtime reports its use to its makers unless this variable is set when it is loaded, and keeps files of its own
 * for that in the temporary folder. Imported before it, so that no process of ours tells anybody anything.
 */
env['ORT_DISABLE_TELEMETRY'] = '1';
