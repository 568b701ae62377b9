import { asBytes, withBody, type Bytes } from './bytes.js';
import type { Connection, RequestOptions } from './connection.js';
import type { Model, ModelSummary } from './description.js';

/** A model, and one of its versions. */
export interface ModelVersion {
  readonly name: string;
  readonly version: string;
}

/** Models: what jobs can be predicted with. Changing them needs a key with the scope `admin`. */
export class ModelsClient {
  constructor(private readonly connection: Connection) {}

  /** Each once, in the version that a job gets which names it alone. */
  async list(options?: RequestOptions): Promise<ModelSummary[]> {
    return (await this.connection.read((api, sending) => api.GET('/models', { ...sending }), options)).models;
  }

  /** @param version or an alias; without it, what a job gets that names the model alone */
  get({ name, version }: { name: string; version?: string | undefined }, options?: RequestOptions): Promise<Model> {
    return this.connection.read<{ data?: Model; response: Response }>((api, sending) => {
      if (version === undefined) return api.GET('/models/{name}', { params: { path: { name } }, ...sending });
      return api.GET('/models/{name}/versions/{version}', { params: { path: { name, version } }, ...sending });
    }, options);
  }

  /**
   * Registers a version, and waits until workers have checked it.
   *
   * @param bundle a folder with a card and weights, as a zip or tar.gz archive
   * @returns `created: false` if the very same was there already
   */
  async register(
    { name, version }: ModelVersion,
    bundle: Bytes,
    options: RequestOptions = {},
  ): Promise<{ model: Model; created: boolean }> {
    const params = { path: { name, version } };
    const { data: model, response } = await this.connection.exchange(
      (api, sending) => api.PUT('/models/{name}/versions/{version}', { params, body: bundle, ...asBytes, ...sending }),
      { ...withBody(bundle, options), isHarmless: true },
    );
    return { model, created: response.status === 201 };
  }

  /** Removes a version that no alias names. */
  async remove({ name, version }: ModelVersion, options?: RequestOptions): Promise<void> {
    const params = { path: { name, version } };
    await this.connection.call(
      (api, sending) => api.DELETE('/models/{name}/versions/{version}', { params, ...sending }),
      options,
    );
  }

  /** @returns the version that the alias now names */
  setAlias(name: string, alias: string, version: string, options?: RequestOptions): Promise<Model> {
    const request = { params: { path: { name, alias } }, body: { version } };
    return this.connection.call(
      (api, sending) => api.PUT('/models/{name}/aliases/{alias}', { ...request, ...sending }),
      { ...options, isHarmless: true },
    );
  }

  async removeAlias(name: string, alias: string, options?: RequestOptions): Promise<void> {
    const params = { path: { name, alias } };
    await this.connection.call(
      (api, sending) => api.DELETE('/models/{name}/aliases/{alias}', { params, ...sending }),
      options,
    );
  }
}
