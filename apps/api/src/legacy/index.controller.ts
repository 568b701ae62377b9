import { Controller, Get, Header, Headers } from '@nestjs/common';
import { EarshotError } from '#jobs';
import { NeedsNoKey } from '../access/needs-scope.js';

const plainText = /(?:^|,)\s*(?:text\/plain|text\/\*|\*\/\*)\s*(?:[;,]|$)/i;

/** What the old clients ask whether their server is there. */
@Controller()
export class IndexController {
  @Get()
  @NeedsNoKey()
  @Header('content-type', 'text/plain; charset=utf-8')
  up(@Headers('accept') accept: string = '*/*'): string {
    if (!plainText.test(accept)) throw new EarshotError('route_not_found', 'There is only plain text at /.');
    return 'server is up';
  }
}
