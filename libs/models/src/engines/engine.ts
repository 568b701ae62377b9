/** A network in an engine, ready to predict. Every holder disposes of it when done. */
export interface Engine {
  /** The engine with its version and device, such as `onnxruntime-node 1.30.0 cpu`. */
  readonly name: string;

  /**
   * One call of the network.
   *
   * @param inputs one array per input of the network, each of `rows` inputs one after the other, channels last
   * @returns one array per output, each of `rows` outputs one after the other
   */
  predict(inputs: readonly Float32Array[], rows: number): Promise<Float32Array[]>;

  /** Runs the network once, so that the first real call is as fast as the next. */
  warmUp(): Promise<void>;

  /** Frees memory that JavaScript does not count. */
  dispose(): Promise<void>;
}
