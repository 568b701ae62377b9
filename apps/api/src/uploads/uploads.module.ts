import { Module, type DynamicModule } from '@nestjs/common';
import { UploadsController } from './uploads.controller.js';
import { UploadsService, type UploadsParts } from './uploads.service.js';

/** The routes of inputs that are uploaded before their job is submitted. */
@Module({})
export class UploadsModule {
  static of(parts: UploadsParts): DynamicModule {
    return {
      module: UploadsModule,
      controllers: [UploadsController],
      providers: [{ provide: UploadsService, useValue: new UploadsService(parts) }],
    };
  }
}
