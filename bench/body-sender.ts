import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

/** The whole answer to what was sent. */
export interface Answer {
  status: number;
  body: string;
}

/**
 * Posts one body over and over. It is encoded once, so that the sender takes little of the cores that it shares with the
 * server.
 */
export class BodySender {
  private readonly agent = new Agent({ keepAlive: true });

  constructor(
    private readonly url: URL,
    private readonly body: Uint8Array,
    private readonly headers: Record<string, string> = {},
  ) {}

  static async ofForm(url: URL, form: FormData, headers: Record<string, string> = {}): Promise<BodySender> {
    const encoded = new Response(form);
    const body = Buffer.from(await encoded.arrayBuffer());
    const contentType = encoded.headers.get('content-type') ?? '';
    return new BodySender(url, body, { ...headers, 'content-type': contentType });
  }

  async send(): Promise<Answer> {
    const { agent, headers } = this;
    const message = request(this.url, { method: 'POST', agent, headers });
    // One before the answer is thrown below; one after it cuts the answer short, which is thrown too.
    message.on('error', () => undefined);
    message.end(this.body);
    const [answer] = (await once(message, 'response')) as [IncomingMessage];
    return { status: answer.statusCode ?? 0, body: await text(answer) };
  }

  /** Ends what is under way: it throws. */
  close(): void {
    this.agent.destroy();
  }
}
