import type { FastifyRequest } from 'fastify';
import {
  EarshotError,
  modelUploadKey,
  newModelChangeId,
  type ModelChange,
  type ModelChangeOutcome,
  type ObjectStore,
} from '#jobs';
import { aliasKey, isAlias, recordKey, type Catalog } from '#models/catalog';
import { toErrorFields } from '../logging/error-fields.js';
import type { Audit } from '../audit/audit.js';
import { invalidPart } from '../problems/invalid-request.js';
import type { Uploads } from '../uploads/uploads.js';
import { modelNotFound, type ModelCatalog } from './model-catalog.js';
import { ChangeUnderWayError, requireChange, type RegistryChanges } from './registry-changes.js';

export interface RegistryParts {
  store: ObjectStore;
  uploads: Uploads;
  changes: RegistryChanges;
  catalog: ModelCatalog;
  audit: Audit;
}

/** Who asks for a change, and until when. */
export interface Asking {
  request: FastifyRequest;
  /** Aborted when the caller has left. */
  gone: AbortSignal;
}

/** Changes the registry as callers ask; workers carry it out. Every method may be called twice. */
export class Registry {
  constructor(private readonly parts: RegistryParts) {}

  /**
   * Registers the bundle in the request's body, a zip or tar.gz archive.
   *
   * @throws EarshotError `model_refused`, `model_version_conflict`, or why the body did not come
   */
  async register(model: { name: string; version: string }, asking: Asking): Promise<ModelChangeOutcome> {
    const { request } = asking;
    const change = requireChange({ change: 'register', ...model, requestId: request.id });
    const id = newModelChangeId();
    const key = modelUploadKey(id);
    const { bytes } = await this.parts.uploads.receive(request, key, (upload) => {
      if (request.isMultipart())
        throw new EarshotError('invalid_request', 'Send the archive as the body itself, not in a form: curl -T FILE.');
      return upload.staged.receive(request.raw, upload);
    });
    request.log.info({ changeId: id, ...model, bytes }, 'bundle received');
    const removeUpload = () =>
      void this.parts.store
        .delete(key)
        .catch((error) => request.log.warn({ key, ...toErrorFields(error) }, 'upload not removed'));
    try {
      const outcome = await this.carryOut(change, asking, id);
      removeUpload();
      return outcome;
    } catch (error) {
      // Else a worker may still need it; what none needs is swept.
      if (error instanceof EarshotError && !(error instanceof ChangeUnderWayError)) removeUpload();
      throw error;
    }
  }

  /** @throws EarshotError `model_not_found` if the version is not registered */
  async setAlias(asked: { name: string; alias: string; version: string }, asking: Asking): Promise<void> {
    if (!isAlias(asked.alias)) {
      const detail = 'must be small letters, digits and single hyphens, and begin with a letter, such as stable';
      throw invalidPart('alias', detail, 'parameter');
    }
    const change = requireChange({ change: 'set-alias', ...asked, requestId: asking.request.id });
    await this.carryOut(change, asking);
  }

  /** @throws EarshotError `model_not_found` if there is no such alias */
  async removeAlias(asked: { name: string; alias: string }, asking: Asking): Promise<void> {
    const { aliases, ...catalog } = await this.listNow();
    const isKnown = aliases.some(({ name, alias }) => name === asked.name && alias === asked.alias);
    if (!isKnown && !isSkipped(catalog, aliasKey(asked))) throw modelNotFound(`${asked.name}@${asked.alias}`);
    const change = requireChange({ change: 'remove-alias', ...asked, requestId: asking.request.id });
    await this.carryOut(change, asking);
  }

  /** @throws EarshotError `model_not_found`, or `model_in_use` if an alias names the version */
  async removeVersion(asked: { name: string; version: string }, asking: Asking): Promise<void> {
    const { records, ...catalog } = await this.listNow();
    const isKnown = records.some(({ name, version }) => name === asked.name && version === asked.version);
    if (!isKnown && !isSkipped(catalog, recordKey(asked.name, asked.version)))
      throw modelNotFound(`${asked.name}@${asked.version}`);
    const change = requireChange({ change: 'remove-version', ...asked, requestId: asking.request.id });
    await this.carryOut(change, asking);
  }

  /** What is there now: another API or a worker may only just have added what is to be removed. */
  private listNow(): Promise<Catalog> {
    this.parts.catalog.forget();
    return this.parts.catalog.list();
  }

  private async carryOut(asked: ModelChange, asking: Asking, id = newModelChangeId()): Promise<ModelChangeOutcome> {
    try {
      const outcome = await this.parts.changes.carryOut(id, asked, asking.gone);
      await this.parts.audit.record(asking.request, `model.${asked.change}`, toAuditSubject(asked));
      return outcome;
    } finally {
      this.parts.catalog.forget();
    }
  }
}

function isSkipped({ skipped }: Pick<Catalog, 'skipped'>, key: string): boolean {
  return skipped.some((object) => object.key === key);
}

function toAuditSubject(change: ModelChange): Record<string, string> {
  return {
    name: change.name,
    ...('version' in change && { version: change.version }),
    ...('alias' in change && { alias: change.alias }),
  };
}
