import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { Owner } from '../access/caller.js';
import { toPage, type DeliveriesPage } from './deliveries-page.js';
import { DeliveriesService } from './deliveries.service.js';
import { parseListDeliveriesRequest } from './list-deliveries.request.js';
import { toDeliveryView, type DeliveryView } from './webhook.view.js';

/** What was sent to an owner's webhooks. */
@Controller('deliveries')
export class DeliveriesController {
  constructor(private readonly deliveries: DeliveriesService) {}

  /** Those to webhooks that were named with a job or batch; a registered one lists its own. */
  @Get()
  async list(@Owner() owner: string, @Query() query: unknown): Promise<DeliveriesPage> {
    return toPage(await this.deliveries.list(owner, null, parseListDeliveriesRequest(query)));
  }

  @Get(':id')
  async read(@Owner() owner: string, @Param('id') id: string): Promise<DeliveryView> {
    return toDeliveryView(await this.deliveries.require(owner, id));
  }

  @Post(':id/redeliver')
  @HttpCode(202)
  async redeliver(@Owner() owner: string, @Param('id') id: string): Promise<DeliveryView> {
    return toDeliveryView(await this.deliveries.redeliver(owner, id));
  }
}
