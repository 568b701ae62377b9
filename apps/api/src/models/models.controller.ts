import { Controller, Get, Param } from '@nestjs/common';
import { ModelCatalog, modelNotFound } from './model-catalog.js';
import { toLatestModelView, toModelView } from './model.view.js';

/** The models that jobs may name. */
@Controller('models')
export class ModelsController {
  constructor(private readonly catalog: ModelCatalog) {}

  @Get()
  async list() {
    const records = await this.catalog.list();
    const names = [...new Set(records.map(({ name }) => name))];
    return { models: names.map((name) => toLatestModelView(records.filter((record) => record.name === name))) };
  }

  @Get(':name')
  async latest(@Param('name') name: string) {
    const versions = (await this.catalog.list()).filter((record) => record.name === name);
    if (versions.length === 0) throw modelNotFound(name);
    return toLatestModelView(versions);
  }

  @Get(':name/versions/:version')
  async version(@Param('name') name: string, @Param('version') version: string) {
    return toModelView(await this.catalog.require(`${name}@${version}`));
  }
}
