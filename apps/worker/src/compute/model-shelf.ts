import { EarshotError, type ObjectStore } from '#jobs';
import { loadModel, type LoadedModel } from '#models';
import { readModelRecord } from '#models/catalog';
import type { ComputeSetup, PredictRequest } from './messages.js';

/** Models kept in memory; the one unused for the longest goes first. */
const capacity = 8;

/** The models a compute process has loaded, by digest. */
export class ModelShelf {
  private readonly loaded = new Map<string, LoadedModel>();

  constructor(
    private readonly store: ObjectStore,
    private readonly engine: ComputeSetup['engine'],
  ) {}

  /**
   * The model, loaded on first use.
   *
   * @throws EarshotError `model_not_found` if the version is not registered (any more), or is other content
   */
  async get({ name, version, digest }: PredictRequest['model']): Promise<LoadedModel> {
    const model = this.loaded.get(digest) ?? (await this.load(name, version, digest));
    // A Map keeps the order of insertion: the first is the one unused for the longest.
    this.loaded.delete(digest);
    this.loaded.set(digest, model);
    return model;
  }

  private async load(name: string, version: string, digest: string): Promise<LoadedModel> {
    const record = await readModelRecord(this.store, name, version);
    if (record?.digest !== digest)
      throw new EarshotError(
        'model_not_found',
        `${name} ${version} was removed after the job was accepted; submit it again.`,
      );
    for (const [oldest, model] of this.loaded) {
      if (this.loaded.size < capacity) break;
      this.loaded.delete(oldest);
      await model.dispose();
    }
    return loadModel(record, this.store, this.engine);
  }
}
