import type { Connection, RequestOptions } from './connection.js';
import type { Alive, Readiness, Scaling } from './description.js';

/** Whether an Earshot lives, and how it fares. */
export class OperationsClient {
  constructor(private readonly connection: Connection) {}

  /** Answers while the process runs. */
  liveness(options?: RequestOptions): Promise<Alive> {
    return this.connection.read((api, sending) => api.GET('/livez', { ...sending }), options);
  }

  /** Whether jobs can be taken; with the scope `ops` also why not. An answer that they cannot is no error. */
  async readiness(options?: RequestOptions): Promise<Readiness> {
    const { data } = await this.connection.exchange<{ data?: Readiness; response: Response }>(async (api, sending) => {
      const { data, error, response } = await api.GET('/readyz', { ...sending });
      return error instanceof Object && 'status' in error && error.status === 'unavailable'
        ? { data: error, response: new Response(null, { status: 200 }) }
        : { data, error, response };
    }, options);
    return data;
  }

  /** What there is to do, and who does it, for autoscalers. */
  scaling(options?: RequestOptions): Promise<Scaling> {
    return this.connection.read((api, sending) => api.GET('/scaling', { ...sending }), options);
  }

  /** The metrics, as Prometheus reads them. */
  metrics(options?: RequestOptions): Promise<string> {
    return this.connection.read((api, sending) => api.GET('/metrics', { parseAs: 'text', ...sending }), options);
  }

  /** The description of the API, as OpenAPI 3.1 has it. */
  description(options?: RequestOptions): Promise<{ openapi: string; [field: string]: unknown }> {
    return this.connection.read((api, sending) => api.GET('/openapi.json', { ...sending }), options);
  }
}
