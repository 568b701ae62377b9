/** Four frames that start `hop` samples apart, times the window; as vectors of one sample each, a frame a lane. */
export function windowFrames(samplesAt: usize, hop: i32, windowAt: usize, size: i32, vectorsAt: usize): void {
  const hopBytes = (<usize>hop) << 2;
  const windowEnd = windowAt + ((<usize>size) << 2);
  let a = samplesAt;
  let to = vectorsAt;
  for (let at = windowAt; at < windowEnd; at += 16, a += 16, to += 64) {
    const b = a + hopBytes;
    const c = b + hopBytes;
    const window = v128.load(at);
    const framesA = f32x4.mul(window, v128.load(a));
    const framesB = f32x4.mul(window, v128.load(b));
    const framesC = f32x4.mul(window, v128.load(c));
    const framesD = f32x4.mul(window, v128.load(c + hopBytes));
    const lowAB = v128.shuffle<f32>(framesA, framesB, 0, 4, 1, 5);
    const lowCD = v128.shuffle<f32>(framesC, framesD, 0, 4, 1, 5);
    const highAB = v128.shuffle<f32>(framesA, framesB, 2, 6, 3, 7);
    const highCD = v128.shuffle<f32>(framesC, framesD, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f64>(lowAB, lowCD, 0, 2));
    v128.store(to, v128.shuffle<f64>(lowAB, lowCD, 1, 3), 16);
    v128.store(to, v128.shuffle<f64>(highAB, highCD, 0, 2), 32);
    v128.store(to, v128.shuffle<f64>(highAB, highCD, 1, 3), 48);
  }
}
