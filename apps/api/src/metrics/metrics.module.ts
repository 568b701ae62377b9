import { Module, type DynamicModule } from '@nestjs/common';
import { MetricsController } from './metrics.controller.js';
import { MetricsService, type MetricsParts } from './metrics.service.js';

/** `/metrics` and `/scaling`. */
@Module({})
export class MetricsModule {
  static of(parts: MetricsParts): DynamicModule {
    return {
      module: MetricsModule,
      controllers: [MetricsController],
      providers: [{ provide: MetricsService, useValue: new MetricsService(parts) }],
    };
  }
}
