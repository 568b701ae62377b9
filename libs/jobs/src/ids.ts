import { randomInt } from 'node:crypto';
import { decodeTime, ulid } from 'ulid';

/** Crockford base32 of a ULID: 48 bits of time in milliseconds, 80 random bits. */
const jobIdPattern = /^job_[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** The largest time a ULID can carry, in milliseconds. */
const maxTime = 2 ** 48 - 1;

const uploadIdPattern = /^upload_[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/**
 * A ULID of a secure random source. Node draws `randomInt` from a store of random bytes; the library's own source is a
 * call of the system for each of the 16 letters, 0.2 ms in all.
 */
export function newUlid(now: number = Date.now()): string {
  return ulid(now, () => randomInt(32) / 32);
}

/** A new id of an upload, such as `upload_01KAGQ2W6Y3V8Z5N4M7T9R1XBC`. */
export function newUploadId(): string {
  return `upload_${newUlid()}`;
}

/** True when `text` has the form of an upload's id. */
export function isUploadId(text: string): boolean {
  return uploadIdPattern.test(text);
}

/** A new job id, such as `job_01KAGQ2W6Y3V8Z5N4M7T9R1XBC`; ids sort by the time they were made. */
export function newJobId(now: number = Date.now()): string {
  return `job_${newUlid(now)}`;
}

/** True when `text` has the form of a job id; says nothing about whether the job exists. */
export function isJobId(text: string): boolean {
  return jobIdPattern.test(text);
}

/** When the id was made, in milliseconds since 1970. */
export function jobIdTime(id: string): number {
  return decodeTime(id.slice('job_'.length));
}

/** Names one run of one job; two runs of the same job never share it. */
export function newAttemptToken(): string {
  return newUlid();
}

/** Twelve hex digits that sort the newest first, so that a plain prefix listing does too. */
export function reverseTime(timeMs: number): string {
  return (maxTime - timeMs).toString(16).padStart(12, '0');
}

/** What jobs are listed by: sorts the newest first, and those of one millisecond by their ids. */
export function listingKey(jobId: string): string {
  return `${reverseTime(jobIdTime(jobId))}-${jobId}`;
}
