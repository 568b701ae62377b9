import { Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { NeedsNoKey } from '../access/needs-scope.js';
import { fileOf } from './file-of.js';
import type { inferenceSchema, keywordSchema, predictedLabelSchema } from './form.views.js';
import { LegacyService } from './legacy.service.js';

/** As the server of machine faults. */
@Controller()
export class InferenceController {
  constructor(private readonly legacy: LegacyService) {}

  @Post('inference')
  @HttpCode(200)
  @NeedsNoKey()
  async infer(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof inferenceSchema>> {
    const result = await this.legacy.predict('inference', { request, reply }, fileOf(request, ['file']));
    const scores = await this.legacy.scoresInOrder(result);
    // Where the card does not say what is normal: that server took the first label for it.
    const anomaly = result.anomaly ?? result.label !== scores[0]?.label;
    return { Anomaly: anomaly, Details: { Message: result.label, Probabilities: scores.map(({ score }) => score) } };
  }
}

/** As the server of keywords. */
@Controller()
export class PredictController {
  constructor(private readonly legacy: LegacyService) {}

  @Post('predict')
  @HttpCode(200)
  @NeedsNoKey()
  async predict(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof keywordSchema>> {
    const { label } = await this.legacy.predict('predict', { request, reply }, fileOf(request, ['file']));
    return { keyword: label };
  }
}

/** As the server of digits. */
@Controller()
export class PredictLabelController {
  constructor(private readonly legacy: LegacyService) {}

  @Post(['predictlabel', 'api/predictlabel'])
  @HttpCode(200)
  @NeedsNoKey()
  async predictLabel(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof predictedLabelSchema>> {
    const file = fileOf(request, ['image', 'file']);
    const { label, scores } = await this.legacy.predict('predictlabel', { request, reply }, file);
    return {
      success: true,
      most_probable_label: label,
      predictions: scores.map((each) => ({ label: each.label, probability: String(each.score) })),
    };
  }
}
