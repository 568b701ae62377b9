export * from './batches/batch.js';
export * from './batches/batch-counts.js';
export * from './batches/batch-files.js';
export * from './batches/batch-job.js';
export * from './batches/batch-keys.js';
export * from './batches/file-ends.js';
