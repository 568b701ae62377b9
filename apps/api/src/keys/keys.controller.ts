import { Controller, Delete, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { NeedsScope } from '../access/needs-scope.js';
import { readJson } from '../server/read-json.js';
import { parseCreateKeyRequest } from './create-key.request.js';
import { toKeyView, type keysViewSchema, type newKeyViewSchema } from './key.view.js';
import { KeysService } from './keys.service.js';

/** API keys, of all owners. */
@Controller('keys')
export class KeysController {
  constructor(private readonly keys: KeysService) {}

  /** The answer is the only one that ever has the key itself. */
  @Post()
  @NeedsScope('admin')
  async create(@Req() request: FastifyRequest): Promise<z.infer<typeof newKeyViewSchema>> {
    const { text, record } = await this.keys.create(request, parseCreateKeyRequest(await readJson(request.raw)));
    return { ...toKeyView(record), key: text };
  }

  @Get()
  @NeedsScope('admin')
  async list(): Promise<z.infer<typeof keysViewSchema>> {
    return { keys: (await this.keys.list()).map(toKeyView) };
  }

  @Delete(':id')
  @NeedsScope('admin')
  @HttpCode(204)
  async revoke(@Param('id') id: string, @Req() request: FastifyRequest): Promise<void> {
    await this.keys.revoke(request, id);
  }
}
