import { Module, type DynamicModule } from '@nestjs/common';
import { ApiDescription, type ApiDescriptionParts } from './api-description.js';
import { DocsController } from './docs.controller.js';
import { OpenApiController } from './openapi.controller.js';

/** The routes that describe the API. */
@Module({})
export class OpenApiModule {
  static of(parts: ApiDescriptionParts): DynamicModule {
    return {
      module: OpenApiModule,
      controllers: [OpenApiController, DocsController],
      providers: [{ provide: ApiDescription, useValue: new ApiDescription(parts) }],
    };
  }
}
