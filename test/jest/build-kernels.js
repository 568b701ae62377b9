/** Unit tests run the sources, and these import the compiled kernels. */
export default async function buildKernels() {
  await import('../../scripts/build-kernels.mjs');
}
