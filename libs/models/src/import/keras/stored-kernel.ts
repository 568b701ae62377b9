import type { Tensor } from '../../network/tensor.js';
import type { LayerCall } from './layer.js';

/**
 * A layer's weight `kernel`, of a convolution.
 *
 * @param shape [...spatial, channels in, channels out]
 */
export function readKernel({ take }: LayerCall<unknown>, shape: readonly number[]): Tensor {
  return take({ kernel: shape }).kernel;
}
