import { Controller, Get, Header } from '@nestjs/common';
import { NeedsScope } from '../access/needs-scope.js';
import { MetricsService } from './metrics.service.js';
import type { ScalingView } from './scaling.view.js';

/** Numbers for who runs an Earshot: for Prometheus, and for whatever starts and stops workers. */
@Controller()
export class MetricsController {
  constructor(private readonly service: MetricsService) {}

  @Get('metrics')
  @NeedsScope('ops')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  metrics(): Promise<string> {
    return this.service.read();
  }

  @Get('scaling')
  @NeedsScope('ops')
  scaling(): Promise<ScalingView> {
    return this.service.scaling();
  }
}
