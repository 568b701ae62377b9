import { Module, type DynamicModule } from '@nestjs/common';
import { DeliveriesController } from './deliveries.controller.js';
import { DeliveriesService, type DeliveriesParts } from './deliveries.service.js';
import { WebhooksController } from './webhooks.controller.js';
import { WebhooksService, type WebhooksParts } from './webhooks.service.js';

/** The routes of webhooks and of what was delivered to them. */
@Module({})
export class WebhooksModule {
  static of(parts: WebhooksParts & DeliveriesParts): DynamicModule {
    return {
      module: WebhooksModule,
      controllers: [WebhooksController, DeliveriesController],
      providers: [
        { provide: WebhooksService, useValue: new WebhooksService(parts) },
        { provide: DeliveriesService, useValue: new DeliveriesService(parts) },
      ],
    };
  }
}
