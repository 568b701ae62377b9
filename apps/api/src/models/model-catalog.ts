import { EarshotError } from '#jobs';
import { listModelRecords, type BundleStore, type ModelRecord } from '#models/catalog';
import { chooseModel, sortModels } from './choose-model.js';

/** How long a reading of the store is believed: a version is never changed, but versions are added. */
const freshMs = 2000;
/** How often, at most, a model that is not known makes the store be read again. */
const unknownMs = 1000;

/** The registered models, read from the object store and kept for a moment. */
export class ModelCatalog {
  private records: readonly ModelRecord[] = [];
  private readAt = -Infinity;
  private reading: Promise<void> | undefined;

  constructor(
    private readonly store: BundleStore,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Every version, of the same name together, the highest first. */
  async list(): Promise<ModelRecord[]> {
    await this.readUnlessYounger(freshMs);
    return sortModels(this.records);
  }

  /**
   * @param reference `name` or `name@version`
   * @throws EarshotError `model_not_found`
   */
  async require(reference: string): Promise<ModelRecord> {
    await this.readUnlessYounger(freshMs);
    const known = chooseModel(this.records, reference);
    if (known !== undefined) return known;
    await this.readUnlessYounger(unknownMs);
    const found = chooseModel(this.records, reference);
    if (found !== undefined) return found;
    throw modelNotFound(reference);
  }

  private async readUnlessYounger(ms: number): Promise<void> {
    if (this.now() - this.readAt < ms) return;
    this.reading ??= this.read().finally(() => (this.reading = undefined));
    await this.reading;
  }

  private async read(): Promise<void> {
    const startedAt = this.now();
    this.records = (await listModelRecords(this.store)).records;
    this.readAt = startedAt;
  }
}

/** The error for a name, or a name and version, that is not registered. */
export function modelNotFound(reference: string): EarshotError {
  const quoted = JSON.stringify(reference.slice(0, 150));
  return new EarshotError('model_not_found', `There is no model ${quoted}; GET /models lists those there are.`);
}
