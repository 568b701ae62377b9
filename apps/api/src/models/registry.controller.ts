import { Controller, Delete, HttpCode, Param, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NeedsScope } from '../access/needs-scope.js';
import { whenGone } from '../jobs/when-gone.js';
import { parseBody } from '../server/parse-body.js';
import { readJson } from '../server/read-json.js';
import { ModelCatalog } from './model-catalog.js';
import { toModelView, type ModelView } from './model.view.js';
import { Registry } from './registry.js';
import { setAliasSchema } from './set-alias.request.js';

/** Changes of the registry. Each may be asked for twice, and is answered once it has been carried out. */
@Controller('models/:name')
export class RegistryController {
  constructor(
    private readonly registry: Registry,
    private readonly catalog: ModelCatalog,
  ) {}

  /** The body is a bundle as a zip or tar.gz archive. */
  @Put('versions/:version')
  @NeedsScope('admin')
  async register(
    @Param('name') name: string,
    @Param('version') version: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ModelView> {
    const { created } = await this.registry.register({ name, version }, { request, gone: whenGone(reply) });
    const model = await this.show(name, version);
    void reply.status(created ? 201 : 200).header('location', model.links.self);
    return model;
  }

  /** The body is `{"version": "1.0.0"}`; answers with what the alias now names. */
  @Put('aliases/:alias')
  @NeedsScope('admin')
  async setAlias(
    @Param('name') name: string,
    @Param('alias') alias: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ModelView> {
    const { version } = parseBody(setAliasSchema, await readJson(request.raw));
    await this.registry.setAlias({ name, alias, version }, { request, gone: whenGone(reply) });
    return this.show(name, version);
  }

  @Delete('aliases/:alias')
  @NeedsScope('admin')
  @HttpCode(204)
  async removeAlias(
    @Param('name') name: string,
    @Param('alias') alias: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.registry.removeAlias({ name, alias }, { request, gone: whenGone(reply) });
  }

  @Delete('versions/:version')
  @NeedsScope('admin')
  @HttpCode(204)
  async removeVersion(
    @Param('name') name: string,
    @Param('version') version: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.registry.removeVersion({ name, version }, { request, gone: whenGone(reply) });
  }

  private async show(name: string, version: string): Promise<ModelView> {
    return toModelView(await this.catalog.require(`${name}@${version}`), await this.catalog.list());
  }
}
