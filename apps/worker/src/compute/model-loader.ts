import { EarshotError, ObjectMissingError, type ObjectStore } from '#jobs/store';
import { loadModel, type LoadedModel } from '#models';
import { readModelRecord, type ModelRecord } from '#models/catalog';
import type { ComputeSetup, PredictRequest } from './messages.js';

/** A model in memory, and what it takes there. */
export interface MeasuredModel {
  model: LoadedModel;
  bytes: number;
}

/** The least that a model counts: an engine's session takes something, however small its network. */
const leastBytes = 2 ** 20;

/** Loads models out of the registry. */
export class ModelLoader {
  constructor(
    private readonly store: ObjectStore,
    private readonly engine: ComputeSetup['engine'],
  ) {}

  /**
   * The record of the version that a job was accepted for.
   *
   * @throws EarshotError `model_removed` if the version is not registered any more, or is other content
   */
  async require({ name, version, digest }: PredictRequest['model']): Promise<ModelRecord> {
    const record = await readModelRecord(this.store, name, version);
    if (record?.digest === digest) return record;
    const detail = `${name} ${version} was removed after the job was accepted; submit it again for another version.`;
    throw new EarshotError('model_removed', detail);
  }

  /**
   * What a model takes is reckoned as the size of its ONNX file and what loading it added to the resident memory: the
   * latter alone would be nothing where memory is used again that another model has left.
   *
   * @throws EarshotError `model_removed` if the version is removed in this moment
   */
  async load(record: ModelRecord): Promise<MeasuredModel> {
    const before = process.memoryUsage.rss();
    const model = await this.open(record);
    const grown = Math.max(0, process.memoryUsage.rss() - before);
    return { model, bytes: Math.max(leastBytes, record.files.onnx.bytes + grown) };
  }

  private async open(record: ModelRecord): Promise<LoadedModel> {
    try {
      return await loadModel(record, this.store, this.engine);
    } catch (error) {
      if (!(error instanceof ObjectMissingError)) throw error;
      // Removed after its record was read; and perhaps registered again, which gives it files of its own.
      const now = await this.require(record);
      if (now.content !== record.content) return this.open(now);
      throw new EarshotError('model_refused', `${error.message}; remove the version and register it again`);
    }
  }
}
