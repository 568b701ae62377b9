import { EarshotError } from '#jobs/store';
import type { LoadedModel } from '#models';
import type { PredictRequest } from './messages.js';
import type { MeasuredModel, ModelLoader } from './model-loader.js';

/** How long a version that was registered is believed to be so still. */
const believedMs = 1000;

interface Shelved extends MeasuredModel {
  /** When it was last known to be registered. */
  seenAt: number;
}

/**
 * The models that a compute process has in memory, by digest. While they take more than they may, the one unused for the
 * longest goes; the one asked for stays, whatever it takes. One caller at a time: what it was given is its own until it
 * asks again.
 */
export class ModelShelf {
  /** A Map keeps the order of insertion: the first is the one unused for the longest. */
  private readonly shelved = new Map<string, Shelved>();

  constructor(
    private readonly loader: Pick<ModelLoader, 'require' | 'load'>,
    private readonly mostBytes: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /**
   * The model, loaded on first use.
   *
   * @throws EarshotError `model_removed` if the version is not registered any more; it is then unloaded
   */
  async get(asked: PredictRequest['model']): Promise<LoadedModel> {
    const { digest } = asked;
    const known = this.shelved.get(digest);
    const entry = known ? await this.stillRegistered(asked, known) : await this.load(asked);
    this.shelved.delete(digest);
    this.shelved.set(digest, entry);
    await this.makeRoom(0, digest);
    return entry.model;
  }

  private async stillRegistered(asked: PredictRequest['model'], entry: Shelved): Promise<Shelved> {
    const now = this.now();
    if (now - entry.seenAt < believedMs) return entry;
    try {
      await this.loader.require(asked);
    } catch (error) {
      if (error instanceof EarshotError) await this.unload(asked.digest);
      throw error;
    }
    return { ...entry, seenAt: now };
  }

  private async load(asked: PredictRequest['model']): Promise<Shelved> {
    const now = this.now();
    const record = await this.loader.require(asked);
    // At least that much will be needed; what it really takes is known only afterwards.
    await this.makeRoom(record.files.onnx.bytes, asked.digest);
    return { ...(await this.loader.load(record)), seenAt: now };
  }

  private async makeRoom(bytes: number, keep: string): Promise<void> {
    for (const digest of [...this.shelved.keys()]) {
      if (this.taken + bytes <= this.mostBytes) return;
      if (digest !== keep) await this.unload(digest);
    }
  }

  private async unload(digest: string): Promise<void> {
    const entry = this.shelved.get(digest);
    this.shelved.delete(digest);
    await entry?.model.dispose();
  }

  private get taken(): number {
    return [...this.shelved.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  }
}
