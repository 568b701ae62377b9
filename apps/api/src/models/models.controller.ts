import { Controller, Get, Param } from '@nestjs/common';
import type { z } from 'zod';
import { chooseModel } from './choose-model.js';
import { ModelCatalog } from './model-catalog.js';
import { toModelSummary, toModelView, type ModelView, type modelsViewSchema } from './model.view.js';

/** The models that jobs may name. */
@Controller('models')
export class ModelsController {
  constructor(private readonly catalog: ModelCatalog) {}

  @Get()
  async list(): Promise<z.infer<typeof modelsViewSchema>> {
    const known = await this.catalog.list();
    const names = [...new Set(known.records.map(({ name }) => name))];
    return { models: names.flatMap((name) => chooseModel(known, name) ?? []).map((it) => toModelSummary(it, known)) };
  }

  @Get(':name')
  latest(@Param('name') name: string): Promise<ModelView> {
    return this.show(name);
  }

  /** By version or alias. */
  @Get(':name/versions/:version')
  version(@Param('name') name: string, @Param('version') version: string): Promise<ModelView> {
    return this.show(`${name}@${version}`);
  }

  private async show(reference: string): Promise<ModelView> {
    const record = await this.catalog.require(reference);
    return toModelView(record, await this.catalog.list());
  }
}
