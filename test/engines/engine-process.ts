import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { EngineName } from '#models';
import type { Network } from '../../libs/models/src/network/graph.js';

/** One call of a network in an engine. */
export interface EngineCall {
  engine: EngineName;
  onnx: Uint8Array;
  /** For engines that do not take the ONNX file. */
  network?: Network;
  inputShapes: readonly (readonly number[])[];
  inputs: readonly Float32Array[];
  rows: number;
}

/** The engine's own name, and what it gave; or the error's class and words. */
export type EngineAnswer = { name: string; outputs: Float32Array[] } | { error: string; message: string };

/** A process that has an environment of its own, and calls networks one after the other. */
export class EngineProcess {
  private readonly lost: Promise<never>;

  private constructor(private readonly child: ChildProcess) {
    this.lost = once(child, 'exit').then(([code, signal]) => {
      throw new Error(`the engine's process ended: ${code ?? signal}`);
    });
    this.lost.catch(() => undefined);
  }

  static start(environment: Record<string, string>): EngineProcess {
    const env = { ...process.env, ...environment };
    return new EngineProcess(fork(resolve('test/engines/engine.process.mjs'), { serialization: 'advanced', env }));
  }

  /** @throws Error if the process ends first */
  async call(call: EngineCall): Promise<EngineAnswer> {
    const answer = once(this.child, 'message') as Promise<[EngineAnswer]>;
    this.child.send(call);
    return (await Promise.race([answer, this.lost]))[0];
  }

  async stop(): Promise<void> {
    if (this.child.connected) this.child.disconnect();
    await this.lost.catch(() => undefined);
  }
}

/** Runs `run` with such a process, which is gone afterwards. */
export async function withEngineProcess<T>(
  environment: Record<string, string>,
  run: (engine: EngineProcess) => Promise<T>,
): Promise<T> {
  const engine = EngineProcess.start(environment);
  try {
    return await run(engine);
  } finally {
    await engine.stop();
  }
}
