import { Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Owner } from '../access/caller.js';
import { NeedsScope } from '../access/needs-scope.js';
import { parseBody } from '../server/parse-body.js';
import { readJson } from '../server/read-json.js';
import { toPage, type DeliveriesPage } from './deliveries-page.js';
import { DeliveriesService } from './deliveries.service.js';
import { parseListDeliveriesRequest } from './list-deliveries.request.js';
import { newWebhookSchema, webhookChangeSchema } from './webhook.request.js';
import {
  deliveryPath,
  toDeliveryView,
  toWebhookView,
  webhookPath,
  type DeliveryView,
  type RotatedSecret,
  type WebhookView,
} from './webhook.view.js';
import { WebhooksService, type KnownWebhook } from './webhooks.service.js';

/** The webhooks of an owner. */
@Controller('webhooks')
export class WebhooksController {
  constructor(
    private readonly webhooks: WebhooksService,
    private readonly deliveries: DeliveriesService,
  ) {}

  /** The answer is the only one that ever has the secret. */
  @Post()
  async register(
    @Owner() owner: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WebhookView & { secret: string }> {
    const asked = parseBody(newWebhookSchema, await readJson(request.raw));
    const { secret, ...made } = await this.webhooks.register(owner, asked);
    void reply.header('location', webhookPath(made.webhook.id));
    return { ...show(made), secret };
  }

  @Get()
  async list(@Owner() owner: string): Promise<{ webhooks: WebhookView[] }> {
    return { webhooks: (await this.webhooks.list(owner)).map(show) };
  }

  /** What signs events to webhooks that were named with a job or batch. Whoever has it can forge them. */
  @Get('secret')
  @NeedsScope('submit')
  async secret(@Owner() owner: string): Promise<{ secret: string }> {
    return { secret: await this.webhooks.ownerSecret(owner) };
  }

  @Post('secret/rotate')
  @HttpCode(200)
  async rotateOwnerSecret(@Owner() owner: string): Promise<RotatedSecret> {
    return toRotated(await this.webhooks.rotateOwnerSecret(owner));
  }

  @Get(':id')
  async read(@Owner() owner: string, @Param('id') id: string): Promise<WebhookView> {
    return show(await this.webhooks.require(owner, id));
  }

  @Patch(':id')
  async change(@Owner() owner: string, @Param('id') id: string, @Req() request: FastifyRequest): Promise<WebhookView> {
    const asked = parseBody(webhookChangeSchema, await readJson(request.raw));
    return show(await this.webhooks.change(owner, id, asked));
  }

  @Delete(':id')
  @HttpCode(204)
  async remove(@Owner() owner: string, @Param('id') id: string): Promise<void> {
    await this.webhooks.remove(owner, id);
  }

  @Post(':id/rotate-secret')
  @HttpCode(200)
  async rotateSecret(@Owner() owner: string, @Param('id') id: string): Promise<RotatedSecret> {
    return toRotated(await this.webhooks.rotateSecret(owner, id));
  }

  /** Sends a `webhook.test`, once; what came of it is at `Location`. */
  @Post(':id/test')
  @HttpCode(202)
  async test(
    @Owner() owner: string,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DeliveryView> {
    const sent = await this.deliveries.test(owner, id);
    void reply.header('location', deliveryPath(sent.id));
    return toDeliveryView(sent);
  }

  @Get(':id/deliveries')
  async listDeliveries(
    @Owner() owner: string,
    @Param('id') id: string,
    @Query() query: unknown,
  ): Promise<DeliveriesPage> {
    const page = parseListDeliveriesRequest(query);
    const { webhook } = await this.webhooks.require(owner, id);
    return toPage(await this.deliveries.list(owner, webhook.id, page));
  }
}

function show({ webhook, failing }: KnownWebhook): WebhookView {
  return toWebhookView(webhook, failing);
}

function toRotated({ secret, previousUntil }: { secret: string; previousUntil: number }): RotatedSecret {
  return { secret, previousUntil: new Date(previousUntil).toISOString() };
}
