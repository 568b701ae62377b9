import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { CharactersController } from './characters.controller.js';
import { InferenceController, PredictController, PredictLabelController } from './form.controllers.js';
import { IndexController } from './index.controller.js';
import type { LegacyRoute } from './legacy-routes.js';
import { LegacyService, type LegacyParts } from './legacy.service.js';

const controllers: Record<LegacyRoute['name'], Type> = {
  index: IndexController,
  inference: InferenceController,
  predict: PredictController,
  predictlabel: PredictLabelController,
  v1: CharactersController,
};

/** The routes of older servers that the settings name; the others do not exist. */
@Module({})
export class LegacyModule {
  static of(parts: LegacyParts): DynamicModule {
    return {
      module: LegacyModule,
      controllers: parts.routes.map(({ name }) => controllers[name]),
      providers: [{ provide: LegacyService, useValue: new LegacyService(parts) }],
    };
  }
}
