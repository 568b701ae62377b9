import { once } from 'node:events';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';

/** A request, such as `POST /jobs`, whose body is sent piece by piece, as the test says. */
export class SlowUpload {
  private readonly request: ClientRequest;
  private readonly answered: Promise<IncomingMessage>;

  constructor(url: string, headers: Record<string, string | number> = {}, method = 'POST') {
    this.request = request(url, { method, headers });
    this.answered = once(this.request, 'response').then(([response]) => response as IncomingMessage);
    // The one that is left by the test gets no answer, and may be reset.
    this.answered.catch(() => undefined);
    this.request.on('error', () => undefined);
  }

  async send(bytes: Uint8Array | string): Promise<void> {
    await new Promise((resolve) => this.request.write(bytes, resolve));
  }

  end(): void {
    this.request.end();
  }

  /** Closes the connection. */
  leave(): void {
    this.request.destroy();
  }

  /** The status and the problem's code. */
  async answer(): Promise<{ status: number | undefined; code: unknown }> {
    const response = await this.answered;
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    const { code } = JSON.parse(Buffer.concat(chunks).toString()) as { code?: unknown };
    this.request.destroy();
    return { status: response.statusCode, code };
  }
}
