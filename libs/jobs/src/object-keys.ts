import { jobIdTime, reverseTime } from './ids.js';

/** Where each thing lies in the object store; docs/architecture/04-storage.md is the same list in words. */
export const inputPrefix = 'inputs/';
export const resultPrefix = 'results/';
export const modelUploadPrefix = 'models-uploads/';

/** The uploaded bytes of a job. */
export function inputKey(owner: string, jobId: string): string {
  return `${inputPrefix}${owner}/${jobId}`;
}

/** All results that attempts of a job have written. */
export function resultsOf(owner: string, jobId: string): string {
  return `${resultPrefix}${owner}/${jobId}/`;
}

/** The result of one attempt: each writes under a key of its own, so that a late one cannot change another's. */
export function resultKey(owner: string, jobId: string, attemptToken: string): string {
  return `${resultsOf(owner, jobId)}${attemptToken}.json`;
}

/** A finished job's record. Follows from the id alone, and lists newest first. */
export function archiveKey(owner: string, jobId: string): string {
  return `jobs/${owner}/${reverseTime(jobIdTime(jobId))}-${jobId}.json`;
}

/** An archive with a bundle that is to be registered, until the change of that id has ended. */
export function modelUploadKey(changeId: string): string {
  return modelUploadPrefix + changeId;
}
