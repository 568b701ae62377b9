import { listingKey } from './ids.js';

/** Where each thing lies in the object store; docs/architecture/04-storage.md is the same list in words. */
export const inputPrefix = 'inputs/';
export const resultPrefix = 'results/';
export const rerunPrefix = 'reruns/';
export const uploadPrefix = 'uploads/';
export const modelUploadPrefix = 'models-uploads/';
export const batchUploadPrefix = 'batch-uploads/';

/** Larger than the number of any run. */
const mostRuns = 999_999_999;

/** The uploaded bytes of a job. */
export function inputKey(owner: string, jobId: string): string {
  return `${inputPrefix}${owner}/${jobId}`;
}

/** Bytes that an owner has uploaded for jobs that are yet to be submitted. */
export function uploadKey(owner: string, uploadId: string): string {
  return `${uploadPrefix}${owner}/${uploadId}`;
}

/** All results that attempts of a job have written. */
export function resultsOf(owner: string, jobId: string): string {
  return `${resultPrefix}${owner}/${jobId}/`;
}

/** The result of one attempt: each writes under a key of its own, so that a late one cannot change another's. */
export function resultKey(owner: string, jobId: string, attemptToken: string): string {
  return `${resultsOf(owner, jobId)}${attemptToken}.json`;
}

/** The records of an owner's finished jobs; lists newest first. */
export function archivePrefix(owner: string): string {
  return `jobs/${owner}/`;
}

/** A finished job's record. Follows from the id alone. */
export function archiveKey(owner: string, jobId: string): string {
  return `${archivePrefix(owner)}${listingKey(jobId)}.json`;
}

/** The records of a job's runs after its first, the last one first. */
export function rerunsOf(owner: string, jobId: string): string {
  return `${rerunPrefix}${owner}/${jobId}/`;
}

/** The record of one run of a job that was retried. */
export function rerunKey(owner: string, jobId: string, run: number): string {
  return `${rerunsOf(owner, jobId)}${String(mostRuns - run).padStart(9, '0')}.json`;
}

/** What is kept of a batch that is over. */
export function batchArchiveKey(owner: string, batchId: string): string {
  return `batches/${owner}/${batchId}/batch.json`;
}

/** The files of a batch that is over, one a line. */
export function batchResultsKey(owner: string, batchId: string): string {
  return `batches/${owner}/${batchId}/results.ndjson`;
}

/** An archive that a batch is opened with, until it is unpacked. Requests that open one batch have each an `upload` id. */
export function batchUploadKey(owner: string, batchId: string, upload: string): string {
  return `${batchUploadPrefix}${owner}/${batchId}/${upload}`;
}

/** Where the result lies that an owner's input, by its SHA-256, gave last with a model. */
export function computedKey(owner: string, modelDigest: string, inputSha256: string): string {
  return `computed/${owner}/${modelDigest.replace(/^sha256:/, '')}/${inputSha256}`;
}

/** An archive with a bundle that is to be registered, until the change of that id has ended. */
export function modelUploadKey(changeId: string): string {
  return modelUploadPrefix + changeId;
}
