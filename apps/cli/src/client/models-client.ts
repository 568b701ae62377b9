import { openAsBlob } from 'node:fs';

import type { EarshotClient } from './earshot-client.js';
import { modelSchema, modelsSchema, type Model } from './model.js';

/** How `name` or `name@version` is written in an address. */
export interface ModelName {
  readonly name: string;
  /** A version or an alias; without it whatever a job with the bare name would get. */
  readonly version?: string | undefined;
}

/** The models of one Earshot, over HTTP. Every method fails as EarshotClient's do. */
export class ModelsClient {
  constructor(private readonly client: EarshotClient) {}

  async list(): Promise<Model[]> {
    return modelsSchema.parse((await this.client.send('models')).body).models;
  }

  async show(model: ModelName): Promise<Model> {
    return modelSchema.parse((await this.client.send(pathOf(model))).body);
  }

  /**
   * Registers a version.
   *
   * @param archive path of a zip or tar.gz file; it is streamed from disk
   * @returns `created: false` if the very same was there already
   */
  async put(
    model: Required<ModelName>,
    archive: { path: string; type: string },
  ): Promise<{ model: Model; created: boolean }> {
    const body = await openAsBlob(archive.path, { type: archive.type });
    const { status, body: answer } = await this.client.send(pathOf(model), { method: 'PUT', body });
    return { model: modelSchema.parse(answer), created: status === 201 };
  }

  async remove(model: Required<ModelName>): Promise<void> {
    await this.client.send(pathOf(model), { method: 'DELETE' });
  }

  async setAlias(name: string, alias: string, version: string): Promise<unknown> {
    const init = { method: 'PUT', body: JSON.stringify({ version }), headers: { 'content-type': 'application/json' } };
    return (await this.client.send(aliasPath(name, alias), init)).body;
  }

  async removeAlias(name: string, alias: string): Promise<void> {
    await this.client.send(aliasPath(name, alias), { method: 'DELETE' });
  }
}

function pathOf({ name, version }: ModelName): string {
  const path = `models/${encodeURIComponent(name)}`;
  return version === undefined ? path : `${path}/versions/${encodeURIComponent(version)}`;
}

function aliasPath(name: string, alias: string): string {
  return `models/${encodeURIComponent(name)}/aliases/${encodeURIComponent(alias)}`;
}
