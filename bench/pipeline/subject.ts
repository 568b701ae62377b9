import { z } from 'zod';
import { isLoopbackHost } from '../../apps/api/src/access/loopback.js';
import { CommandError } from '../../apps/cli/src/command-error.js';
import type { Workload } from '../workload.js';
import { BodySender, type Answer } from '../body-sender.js';

/** A server whose throughput is measured. */
export interface Subject {
  name: 'earshot' | 'peer';
  /**
   * Sends the recording and resolves once its result is there.
   *
   * @throws CommandError if it does not answer, or otherwise
   */
  send: () => Promise<void>;
  /** Ends what is under way: it throws. */
  close: () => void;
}

/** Longer than a recording waits at any load of the benchmark. */
const waitSeconds = 60;
const jobSchema = z.looseObject({ status: z.string() });

/** Earshot at `url`, asked to answer each submission with its result. */
export async function earshotSubject(url: string, { bytes, model }: Workload): Promise<Subject> {
  const form = new FormData();
  form.append('model', model);
  form.append('file', new Blob([bytes]), 'recording.wav');
  const sender = await BodySender.ofForm(new URL('/jobs', url), form, { prefer: `wait=${waitSeconds}` });
  return toSubject('earshot', sender, ({ body }) => jobSchema.parse(JSON.parse(body)).status === 'succeeded');
}

/**
 * A server that takes a form with one part `file` and answers it with the result.
 *
 * @throws CommandError if `address` is not of this machine: no other is to be put under load
 */
export async function peerSubject(address: string, { bytes }: Workload): Promise<Subject> {
  const form = new FormData();
  form.append('file', new Blob([bytes]), 'recording.wav');
  return toSubject('peer', await BodySender.ofForm(parsePeerAddress(address), form), () => true);
}

/** @throws CommandError if it is no `http:` address of this machine */
export function parsePeerAddress(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol === 'http:' && isLoopbackHost(url.host)) return url;
  throw new CommandError(`PEER_SERVER must be an http: address of this machine (127.0.0.1 or localhost): ${address}`);
}

function toSubject(name: Subject['name'], sender: BodySender, isResult: (answer: Answer) => boolean): Subject {
  const send = async (): Promise<void> => {
    const answer = await sender.send().catch((cause: Error) => {
      throw new CommandError(`${name} does not answer: ${cause.message}`, { cause });
    });
    if (answer.status === 200 && isResult(answer)) return;
    throw new CommandError(`${name} gave no result: ${answer.status} ${answer.body.slice(0, 500)}`);
  };
  return { name, send, close: () => sender.close() };
}
