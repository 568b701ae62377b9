import { EarshotError, within } from '#jobs';
import { listModelRecords, type BundleStore, type Catalog, type ModelRecord } from '#models/catalog';
import { chooseModel, sortModels } from './choose-model.js';

/** How long a reading of the store is believed: versions are added and removed, and aliases move. */
const freshMs = 2000;
/** How often, at most, a model that is not known makes the store be read again. */
const unknownMs = 1000;
/** How long a store may take; one that hangs would keep callers waiting for ever. */
const mostReadingMs = 5000;

/** The registered models, read from the object store and kept for a moment. */
export class ModelCatalog {
  private known: Catalog = { records: [], aliases: [], skipped: [] };
  private readAt = -Infinity;
  private changedAt = -Infinity;
  private reading: Promise<void> | undefined;

  constructor(
    private readonly store: BundleStore,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Every version, of the same name together, the highest first, and every alias. */
  async list(): Promise<Catalog> {
    await this.readUnlessYounger(freshMs);
    return { ...this.known, records: sortModels(this.known.records) };
  }

  /**
   * @param reference `name`, `name@version` or `name@alias`
   * @throws EarshotError `model_not_found`
   */
  async require(reference: string): Promise<ModelRecord> {
    await this.readUnlessYounger(freshMs);
    const known = chooseModel(this.known, reference);
    if (known !== undefined) return known;
    await this.readUnlessYounger(unknownMs);
    const found = chooseModel(this.known, reference);
    if (found !== undefined) return found;
    throw modelNotFound(reference);
  }

  /** Has the next question read the store: something was changed. */
  forget(): void {
    this.changedAt = this.now();
    this.readAt = -Infinity;
    this.reading = undefined;
  }

  private async readUnlessYounger(ms: number): Promise<void> {
    if (this.now() - this.readAt < ms) return;
    const reading = (this.reading ??= this.read());
    try {
      await reading;
    } finally {
      if (this.reading === reading) this.reading = undefined;
    }
  }

  private async read(): Promise<void> {
    const startedAt = this.now();
    const known = await within(mostReadingMs, listModelRecords(this.store), storeTooSlow);
    // Its readers asked before the change, and are not to be told of what was known even earlier.
    if (startedAt < this.changedAt) return this.readUnlessYounger(freshMs);
    this.known = known;
    this.readAt = startedAt;
  }
}

/** The error for a name, or a name and version, that is not registered. */
export function modelNotFound(reference: string): EarshotError {
  const quoted = JSON.stringify(reference.slice(0, 150));
  return new EarshotError('model_not_found', `There is no model ${quoted}; GET /models lists those there are.`);
}

function storeTooSlow(): EarshotError {
  return new EarshotError('store_unavailable', 'The object store takes too long; try again shortly.');
}
