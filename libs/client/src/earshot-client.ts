import { BatchesClient } from './batches-client.js';
import { Connection, type ClientOptions } from './connection.js';
import { DeliveriesClient } from './deliveries-client.js';
import { JobsClient } from './jobs-client.js';
import { KeysClient } from './keys-client.js';
import { LimitsClient } from './limits-client.js';
import { ModelsClient } from './models-client.js';
import { OperationsClient } from './operations-client.js';
import { UploadsClient } from './uploads-client.js';
import { WebhooksClient } from './webhooks-client.js';

/**
 * Talks to one Earshot over HTTP, from Node.js 20 or a browser.
 *
 * Every method throws EarshotProblem if it is refused, EarshotUnreachable if no answer comes, and the reason of its signal.
 * What passes is waited for: see Patience.
 */
export class EarshotClient {
  readonly jobs: JobsClient;
  readonly batches: BatchesClient;
  readonly uploads: UploadsClient;
  readonly webhooks: WebhooksClient;
  readonly deliveries: DeliveriesClient;
  readonly models: ModelsClient;
  readonly keys: KeysClient;
  readonly limits: LimitsClient;
  readonly operations: OperationsClient;

  /**
   * @param url where its API is, such as `http://localhost:3000`
   * @throws TypeError if `url` is no address, or the key cannot be sent
   */
  constructor(url: string, options: ClientOptions = {}) {
    const connection = new Connection(url, options);
    this.jobs = new JobsClient(connection);
    this.batches = new BatchesClient(connection);
    this.uploads = new UploadsClient(connection);
    this.webhooks = new WebhooksClient(connection);
    this.deliveries = new DeliveriesClient(connection);
    this.models = new ModelsClient(connection);
    this.keys = new KeysClient(connection);
    this.limits = new LimitsClient(connection);
    this.operations = new OperationsClient(connection);
  }
}
