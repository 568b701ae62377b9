import { Readable } from 'node:stream';
import { Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NeedsNoKey } from '../access/needs-scope.js';
import { parseBody } from '../server/parse-body.js';
import { readJson } from '../server/read-json.js';
import { characterBodySchema, characterQuerySchema, type Character } from './character.view.js';
import { bytesOfDataUrl } from './data-url.js';
import { LegacyService, type LabelledResult } from './legacy.service.js';

/** Of a body, which is held in memory: images of about 6 MiB, as base64 makes four bytes of three. */
const mostBytes = 8 * 2 ** 20;

/** As the server of characters. */
@Controller('v1/predict')
export class CharactersController {
  constructor(private readonly legacy: LegacyService) {}

  @Get()
  @NeedsNoKey({ makesSomething: true })
  async predictUrl(
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Character> {
    const { image_url: url } = parseBody(characterQuerySchema, query);
    return toCharacter(await this.legacy.predict('v1', { request, reply }, { url }));
  }

  @Post()
  @HttpCode(200)
  @NeedsNoKey()
  async predictImage(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Character> {
    const { image } = parseBody(characterBodySchema, await readJson(request.raw, mostBytes));
    const bytes = bytesOfDataUrl(image);
    const result = await this.legacy.predict('v1', { request, reply }, async (upload) => ({
      filename: null,
      input: await upload.staged.receive(Readable.from([bytes]), upload),
    }));
    return toCharacter(result);
  }
}

function toCharacter({ label, score }: LabelledResult): Character {
  return { pred: label, conf: score };
}
