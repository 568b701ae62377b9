import { setTimeout as delay } from 'node:timers/promises';
import { TestEnvironment } from 'jest-environment-node';

/** Native addons make and expect the typed arrays of the process, not those of Jest's own context. */
const fromProcess = [
  'BigInt64Array',
  'BigUint64Array',
  'Float32Array',
  'Float64Array',
  'Int8Array',
  'Int16Array',
  'Int32Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Uint16Array',
  'Uint32Array',
  'DataView',
  'WebAssembly',
];

/** `instanceof` holds for values of either kind: an error of node:fs or of fetch is an Error in a test too. */
const fromBoth = [
  'Error',
  'AggregateError',
  'EvalError',
  'RangeError',
  'ReferenceError',
  'SyntaxError',
  'TypeError',
  'URIError',
  'Array',
  'Date',
  'Function',
  'Map',
  'Object',
  'Promise',
  'RegExp',
  'Set',
  'SharedArrayBuffer',
];
const hasInstance = Function.prototype[Symbol.hasInstance];
const leakable = ['ProcessWrap', 'MessagePort', 'TCPServerWrap'];
const closingMs = 10_000;
const turnMs = 10;
const openNow = () => process.getActiveResourcesInfo().filter((name) => leakable.includes(name));

export default class LeakGuardEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    this.openBefore = openNow().length;
    for (const name of fromProcess) this.global[name] = globalThis[name];
    for (const name of fromBoth) {
      const [ofTest, ofProcess] = [this.global[name], globalThis[name]];
      const value = function (object) {
        return hasInstance.call(this, object) || (this === ofTest && object instanceof ofProcess);
      };
      Object.defineProperty(ofTest, Symbol.hasInstance, { configurable: true, value });
    }
  }

  /** A file that leaves a child process, a thread or a server behind fails, although its tests passed. */
  async teardown() {
    await super.teardown();
    // Node lists what is closed for some more turns of the event loop, which a busy machine makes slow.
    const deadline = Date.now() + closingMs;
    const leftNow = () => openNow().slice(this.openBefore);
    while (leftNow().length > 0 && Date.now() < deadline) await delay(turnMs);
    const left = leftNow();
    if (left.length > 0) throw new Error(`left open by this file: ${left.join(', ')}`);
  }
}
