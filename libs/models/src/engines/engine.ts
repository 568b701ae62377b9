/** A network in an engine, ready to predict. Every holder disposes of it when done. */
export interface Engine {
  /** The engine with its version and device, such as `onnxruntime-node 1.30.0 cpu`. */
  readonly name: string;

  /**
   * One call of the network.
   *
   * @param values `rows` inputs one after the other, channels last
   * @returns `rows` outputs one after the other
   */
  predict(values: Float32Array, rows: number): Promise<Float32Array>;

  /** Frees memory that JavaScript does not count. */
  dispose(): Promise<void>;
}
