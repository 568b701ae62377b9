/** Where windows lie on the spatial axes of a value. */
export interface WindowLayout {
  /** Of the value, without batch and channels. */
  size: readonly number[];
  /** Taps of a window on each axis. */
  window: readonly number[];
  strides: readonly number[];
  dilations: readonly number[];
  /** How far the first window starts before the value. */
  before: readonly number[];
  /** Windows on each axis. */
  count: readonly number[];
}

/** Windows of a value, one after the other in row-major order. */
export class Windows {
  /** The spatial positions under the window at hand, in row-major order of its taps; -1 where it juts out. */
  readonly taps: Int32Array;
  readonly #layout: WindowLayout;
  readonly #at: number[];

  constructor(layout: WindowLayout) {
    this.#layout = layout;
    this.#at = layout.count.map(() => 0);
    this.taps = new Int32Array(product(layout.window));
  }

  get total(): number {
    return product(this.#layout.count);
  }

  /** Makes a window the one at hand. */
  moveTo(index: number): void {
    const { count } = this.#layout;
    let rest = index;
    for (let axis = count.length - 1; axis >= 0; axis--) {
      this.#at[axis] = rest % count[axis]!;
      rest = Math.floor(rest / count[axis]!);
    }
    this.#layTaps();
  }

  /** Axis by axis: each tap so far becomes as many as the window has on the next. From behind, as that needs no copy. */
  #layTaps(): void {
    const { size, window, strides, dilations, before } = this.#layout;
    const { taps } = this;
    taps[0] = 0;
    let laid = 1;
    for (let axis = 0; axis < window.length; axis++) {
      const [length, width, dilation] = [size[axis]!, window[axis]!, dilations[axis]!];
      const start = this.#at[axis]! * strides[axis]! - before[axis]!;
      for (let i = laid - 1; i >= 0; i--) {
        const outer = taps[i]!;
        for (let k = width - 1; k >= 0; k--) {
          const position = start + k * dilation;
          taps[i * width + k] = outer < 0 || position < 0 || position >= length ? -1 : outer * length + position;
        }
      }
      laid *= width;
    }
  }
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total * size, 1);
}
