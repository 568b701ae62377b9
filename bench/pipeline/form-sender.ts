import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

/** The whole answer to a form. */
export interface Answer {
  status: number;
  body: string;
}

/**
 * Sends one form over and over. It is encoded once, so that the sender takes little of the cores that it shares with the
 * server.
 */
export class FormSender {
  private readonly agent = new Agent({ keepAlive: true });

  private constructor(
    private readonly url: URL,
    private readonly body: Buffer,
    private readonly headers: Record<string, string>,
  ) {}

  static async of(url: URL, form: FormData, headers: Record<string, string> = {}): Promise<FormSender> {
    const encoded = new Response(form);
    const body = Buffer.from(await encoded.arrayBuffer());
    const contentType = encoded.headers.get('content-type') ?? '';
    return new FormSender(url, body, { ...headers, 'content-type': contentType });
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
