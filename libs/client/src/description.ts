// Made from the description of the API by `npm run client:types`; not to be edited.
import type { Bytes } from './bytes.js';
export interface paths {
  '/jobs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Lists jobs, the newest first
     * @description A page that is filtered may be short or empty and still have a `nextCursor`. Jobs keep their place while others come and go.
     */
    get: operations['listJobs'];
    put?: never;
    /**
     * Submits a job
     * @description The input is the part `file` of a form, in any place among its parts; the whole body, with the fields in the query; or, in JSON, its address or the id of an upload. Fields of a form may be in the query as well. What the input is, is found from its bytes. `model` must be given in one of these places.
     */
    post: operations['submitJob'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/models/{model}/predict': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Submits a job and waits for its end
     * @description The input is the part `file` of a form, in any place among its parts; the whole body, with the fields in the query; or, in JSON, its address or the id of an upload. Fields of a form may be in the query as well. What the input is, is found from its bytes. It is waited for 30 seconds, unless `Prefer` says otherwise.
     */
    post: operations['predict'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/jobs/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Reads a job */
    get: operations['readJob'];
    put?: never;
    post?: never;
    /** Deletes a finished job with its input and its result */
    delete: operations['deleteJob'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/jobs/{id}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Cancels a job */
    post: operations['cancelJob'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/jobs/{id}/retry': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Runs a failed, canceled or expired job again
     * @description It keeps its id, and its attempts count on.
     */
    post: operations['retryJob'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/jobs/{id}/input': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Reads the input of a job */
    get: operations['readJobInput'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/jobs/{id}/result': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Reads the whole result of a job
     * @description The job itself shows at most 100 segments and 20 scores.
     */
    get: operations['readJobResult'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/jobs/{id}/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Follows a job until it has ended
     * @description Server-sent events: `status` when it is queued or runs, `progress` when its place has changed, `finished` with the whole job at the end. A comment is sent when nothing happens.
     */
    get: operations['followJob'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/uploads': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Hands out an address to which an input is uploaded
     * @description Whoever has the address may upload exactly so many bytes, within 15 minutes, without a key.
     */
    post: operations['openUpload'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/uploads/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Takes the bytes of an upload, once
     * @description Where the object store does not take them itself. The query is that of the address that was handed out.
     */
    put: operations['upload'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/batches': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Opens a batch, with its files or without
     * @description Files may come afterwards, by `POST /batches/{id}/files`; or with it: as `items` that a worker gets; as parts `file` of a form, whose filenames are their paths; or as a zip, tar or tar.gz archive that a worker unpacks, which is the part `archive` of a form or the whole body. A batch that is opened with files closes once it has them, unless `close` is false.
     */
    post: operations['openBatch'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/batches/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Reads a batch */
    get: operations['readBatch'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/batches/{id}/close': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Says that no more files will come */
    post: operations['closeBatch'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/batches/{id}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Cancels a batch */
    post: operations['cancelBatch'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/batches/{id}/retry': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Runs the failed files of a batch again */
    post: operations['retryBatch'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/batches/{id}/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Follows a batch until it has finished
     * @description Server-sent events: `progress` each time that the counts have changed, `finished` at the end. A comment is sent when nothing happens.
     */
    get: operations['followBatch'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/batches/{id}/files': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Lists the files of a batch */
    get: operations['listBatchFiles'];
    put?: never;
    /**
     * Adds a file to a batch
     * @description The body is the file, or a form with it. Bytes that the model does not take are a file that has failed, with the reason.
     */
    post: operations['addBatchFile'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/batches/{id}/results': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Reads the results of a batch, also while it is under way
     * @description As JSON, or as CSV for who accepts that first or says so.
     */
    get: operations['readBatchResults'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/webhooks': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Lists the webhooks */
    get: operations['listWebhooks'];
    put?: never;
    /** Registers a webhook, which is told of all jobs and batches of its owner */
    post: operations['registerWebhook'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/webhooks/secret': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Reads the secret that signs what goes to webhooks that were named with a job or batch */
    get: operations['readWebhookSecret'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/webhooks/secret/rotate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Replaces that secret; both sign for a day */
    post: operations['rotateOwnWebhookSecret'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/webhooks/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Reads a webhook */
    get: operations['readWebhook'];
    put?: never;
    post?: never;
    /** Removes a webhook; what is on its way to it ends */
    delete: operations['removeWebhook'];
    options?: never;
    head?: never;
    /** Changes a webhook */
    patch: operations['changeWebhook'];
    trace?: never;
  };
  '/webhooks/{id}/rotate-secret': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Gives a webhook a new secret; both sign for a day */
    post: operations['rotateWebhookSecret'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/webhooks/{id}/test': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Sends a `webhook.test`, once */
    post: operations['testWebhook'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/webhooks/{id}/deliveries': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Lists what was sent to a webhook, the newest first */
    get: operations['listWebhookDeliveries'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/deliveries': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Lists what was sent to webhooks that were named with a job or batch, the newest first */
    get: operations['listDeliveries'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/deliveries/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Reads a delivery */
    get: operations['readDelivery'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/deliveries/{id}/redeliver': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Sends the same message again, at once, under the same `webhook-id` */
    post: operations['redeliver'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/models': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Lists the models, each once */
    get: operations['listModels'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/models/{name}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Reads a model, in the version that its bare name means */
    get: operations['readModel'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/models/{name}/versions/{version}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Reads a version of a model */
    get: operations['readModelVersion'];
    /**
     * Registers a version of a model from a bundle
     * @description The body is a folder with a card and weights as a zip or tar.gz archive.
     */
    put: operations['registerModel'];
    post?: never;
    /** Removes a version that no alias names */
    delete: operations['removeModelVersion'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/models/{name}/aliases/{alias}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Has an alias name a version */
    put: operations['setModelAlias'];
    post?: never;
    /** Removes an alias */
    delete: operations['removeModelAlias'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/keys': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Lists the keys of all owners, the newest first */
    get: operations['listKeys'];
    put?: never;
    /** Makes an API key; two requests make two */
    post: operations['createKey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/keys/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Revokes a key; what is under way goes on */
    delete: operations['revokeKey'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/audit': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Lists who did what to keys and models, the newest first */
    get: operations['listActs'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/owners/{owner}/limits': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Reads an owner’s own limits */
    get: operations['readOwnLimits'];
    /**
     * Replaces an owner’s own limits
     * @description What is left out is as the settings say; null is no limit. In force within 3 seconds.
     */
    put: operations['setOwnLimits'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/livez': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Says that the process runs */
    get: operations['readLiveness'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/readyz': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Says whether jobs can be taken
     * @description With the scope `ops`, or on an API without keys, also why not, and which workers there are.
     */
    get: operations['readReadiness'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/metrics': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Reads the metrics
     * @description In Prometheus’ text format; while Redis is away without what it knows.
     */
    get: operations['readMetrics'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/scaling': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Reads what there is to do, and who does it
     * @description For autoscalers.
     */
    get: operations['readScaling'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/openapi.json': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Describes the API, as OpenAPI 3.1 has it */
    get: operations['readDescription'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/docs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Shows this description as a page */
    get: operations['readDocs'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/docs/{file}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Reads a part of that page */
    get: operations['readDocsFile'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    /** @description One recording or image that is predicted with one model. */
    Job: {
      id: string;
      /** @enum {string} */
      status: 'queued' | 'running' | 'succeeded' | 'failed' | 'canceled' | 'expired';
      model: {
        name: string;
        version: string;
        digest: string;
      };
      input: {
        filename: string | null;
        /** @description Null until a worker has obtained an input that was named and not sent; so are the other two. */
        contentType: string | null;
        bytes: number | null;
        sha256: string | null;
      };
      result: components['schemas']['Result'] | null;
      error: {
        code: string;
        title: string;
        detail: string;
      } | null;
      attempts: number;
      progress: number;
      /** @description How many jobs stand before it in its queue. */
      queuePosition: number | null;
      /** @description At the present pace of the workers; null: it is not known. */
      estimatedStartAt: string | null;
      /** @description The batch that it is of. */
      batch: string | null;
      metadata: {
        [key: string]: unknown;
      };
      timings: {
        /** Format: date-time */
        createdAt: string;
        startedAt: string | null;
        finishedAt: string | null;
        queueMs: number | null;
        decodeMs: number | null;
        featuresMs: number | null;
        inferenceMs: number | null;
        totalMs: number | null;
      };
      /** @description Whether `result` shows less than there is at `/result`. */
      truncated: boolean;
      links: {
        self: string;
        events: string;
        cancel: string;
        input: string;
        result: string;
      };
    };
    /** @description What a job found out; times within the recording in seconds. */
    Result: {
      /** @description Null for a network whose values are handed back as they are. */
      label: string | null;
      score: number | null;
      anomaly?: boolean;
      /** @description Of several that may apply at once, those that do; best first. */
      labels?: components['schemas']['Score'][];
      scores: components['schemas']['Score'][];
      /** @description The score of each window, null where there was nothing to compute on. */
      windowScores?: (number | null)[];
      tensor?: {
        shape: number[];
        values: number[];
      };
      segments: components['schemas']['Segment'][];
      provenance: {
        inputSha256: string;
        modelName: string;
        modelVersion: string;
        modelDigest: string;
        features: {
          [key: string]: unknown;
        };
        /** @description What was made of the network’s values: activation, thresholds and the like. */
        output?: {
          [key: string]: unknown;
        };
        engine: string;
        worker: string;
        /** @description The job that computed it, where a batch brought bytes whose result was known. */
        reusedFrom?: string;
      };
    };
    Score: {
      label: string;
      score: number;
    };
    /** @description What was heard from when to when, in seconds. */
    Segment: {
      label: string;
      score: number;
      start: number;
      end: number;
    };
    /** @description An error (RFC 9457). */
    Problem: {
      /** @description A stable URI that names the kind of error: `urn:earshot:error:` and the code. */
      type: string;
      /** @description What is wrong, the same for every occurrence. */
      title: string;
      /** @description The HTTP status. */
      status: number;
      /** @description What is wrong this time, and what to do. */
      detail: string;
      /** @description The path of the request. */
      instance: string;
      /**
       * @description The end of `type`; docs/errors.md explains each.
       * @enum {string}
       */
      code:
        | 'invalid_request'
        | 'empty_input'
        | 'upload_interrupted'
        | 'key_missing'
        | 'key_unknown'
        | 'scope_missing'
        | 'host_not_allowed'
        | 'origin_not_allowed'
        | 'proxy_not_allowed'
        | 'route_not_found'
        | 'job_not_found'
        | 'model_not_found'
        | 'model_removed'
        | 'input_missing'
        | 'result_not_found'
        | 'key_not_found'
        | 'webhook_not_found'
        | 'delivery_not_found'
        | 'method_not_allowed'
        | 'upload_timeout'
        | 'request_timeout'
        | 'batch_not_found'
        | 'batch_closed'
        | 'batch_finished'
        | 'batch_file_differs'
        | 'archive_refused'
        | 'archive_entry_refused'
        | 'job_finished'
        | 'job_unfinished'
        | 'input_too_large'
        | 'uri_too_long'
        | 'headers_too_large'
        | 'rate_limited'
        | 'job_quota_exceeded'
        | 'storage_quota_exceeded'
        | 'input_type_mismatch'
        | 'input_unreadable'
        | 'input_crashed_worker'
        | 'upload_not_found'
        | 'upload_link_refused'
        | 'idempotency_key_in_use'
        | 'idempotency_key_reused'
        | 'input_unreachable'
        | 'input_refused'
        | 'address_not_allowed'
        | 'address_unresolved'
        | 'model_refused'
        | 'model_version_conflict'
        | 'webhook_limit_reached'
        | 'webhook_disabled'
        | 'model_in_use'
        | 'payload_unreadable'
        | 'job_timed_out'
        | 'job_expired'
        | 'job_canceled'
        | 'worker_lost'
        | 'webhook_secret_unreadable'
        | 'internal_error'
        | 'queue_unavailable'
        | 'model_missing'
        | 'workers_unavailable'
        | 'engine_unavailable'
        | 'store_unavailable';
      /** @description The faults of an invalid request. */
      readonly errors?: {
        detail: string;
        /** @description A JSON pointer to a field of the body or form, or to a parameter of the address; or the name of a header. */
        pointer: string;
      }[];
    };
    Jobs: {
      jobs: components['schemas']['Job'][];
      /** @description For the next page, of older ones; null: there are none. */
      nextCursor: string | null;
    };
    JobEvent:
      | {
          /** @enum {string} */
          status: 'queued' | 'running';
          attempts: number;
          queuePosition: number | null;
          estimatedStartAt: string | null;
          startedAt: string | null;
        }
      | {
          progress: number;
          queuePosition: number | null;
          estimatedStartAt: string | null;
        }
      | components['schemas']['Job'];
    OpenedUpload: {
      id: string;
      /** @constant */
      method: 'PUT';
      /** @description An address of the object store, or, without a host, a path of this API. */
      url: string;
      /** @description To be sent as they are. */
      headers: {
        [key: string]: string;
      };
      bytes: number;
      /** Format: date-time */
      expiresAt: string;
    };
    ReceivedUpload: {
      id: string;
      bytes: number;
    };
    /** @description A folder of recordings; each file has a job of its own. */
    Batch: {
      id: string;
      /**
       * @description It is over once it has finished; a canceled one may have files that are just ending.
       * @enum {string}
       */
      status: 'open' | 'running' | 'finished' | 'canceled';
      model: {
        name: string;
        version: string;
        digest: string;
      };
      /** @description How many of its files are where; they add up to `total`. */
      counts: {
        total: number;
        queued: number;
        running: number;
        succeeded: number;
        failed: number;
        canceled: number;
        expired: number;
      };
      reuse: boolean;
      metadata: {
        [key: string]: unknown;
      };
      /** Format: date-time */
      createdAt: string;
      closedAt: string | null;
      /** @description When it closes by itself unless another file comes; null once it is closed, or while it is unpacked. */
      closesAt: string | null;
      canceledAt: string | null;
      /** @description How far the archive is unpacked that the batch was opened with; null for one that was opened without. */
      unpacking: {
        /** @enum {string} */
        status: 'running' | 'done' | 'refused' | 'canceled';
        /** @description How many entries of the archive are done, folders among them. */
        entries: number;
        /** @description Why the archive was refused. */
        error: {
          code: string;
          detail: string;
        } | null;
      } | null;
      /** @description When its last file had ended, and no more could come. */
      finishedAt: string | null;
      links: {
        self: string;
        files: string;
        results: string;
        events: string;
        close: string;
        cancel: string;
        retry: string;
      };
    };
    BatchFile: {
      path: string;
      sha256: string | null;
      bytes: number | null;
      /** @description Null for bytes that the model does not take. */
      contentType: string | null;
      error: {
        code: string;
        detail: string;
      } | null;
      /** @description Null for bytes that the model does not take. */
      job: string | null;
      links: {
        job?: string;
      };
    };
    BatchFileLine: {
      path: string;
      sha256: string | null;
      bytes: number | null;
    };
    /** @description How one file of a batch fares. */
    BatchResult: {
      path: string;
      /** @enum {string} */
      status: 'queued' | 'running' | 'succeeded' | 'failed' | 'canceled' | 'expired';
      label: string | null;
      score: number | null;
      error: {
        code: string;
        detail: string;
      } | null;
      /** @description Null while the bytes are yet to be obtained, or if there are none. */
      sha256: string | null;
      bytes: number | null;
      /** @description Null for bytes that the model does not take. */
      job: string | null;
    };
    NewWebhook: {
      id: string;
      url: string;
      events: ('job.running' | 'job.succeeded' | 'job.failed' | 'job.canceled' | 'job.expired' | 'batch.finished')[];
      description: string | null;
      /** Format: date-time */
      createdAt: string;
      /** @description Why and since when nothing is sent; null: it is sent. */
      disabled: {
        /** Format: date-time */
        at: string;
        reason: string;
      } | null;
      /** @description Since when every attempt has failed; null: the last one succeeded. */
      failingSince: string | null;
      links: {
        self: string;
        deliveries: string;
      };
      /** @description `whsec_...`, which no other answer shows. */
      secret: string;
    };
    Webhooks: {
      webhooks: components['schemas']['Webhook'][];
    };
    Webhook: {
      id: string;
      url: string;
      events: ('job.running' | 'job.succeeded' | 'job.failed' | 'job.canceled' | 'job.expired' | 'batch.finished')[];
      description: string | null;
      /** Format: date-time */
      createdAt: string;
      /** @description Why and since when nothing is sent; null: it is sent. */
      disabled: {
        /** Format: date-time */
        at: string;
        reason: string;
      } | null;
      /** @description Since when every attempt has failed; null: the last one succeeded. */
      failingSince: string | null;
      links: {
        self: string;
        deliveries: string;
      };
    };
    WebhookSecret: {
      secret: string;
    };
    RotatedSecret: {
      secret: string;
      /**
       * Format: date-time
       * @description Until then the secret before it signs as well.
       */
      previousUntil: string;
    };
    /** @description One event on its way to one webhook. */
    Delivery: {
      /** @description The `webhook-id` of its messages. */
      id: string;
      /** @description Null for one that was named with its job or batch. */
      webhook: string | null;
      /** @description The event: one that webhooks are told of, or `webhook.test`. */
      type: string;
      /** @description The job or batch that it tells of; null for a test. */
      subject: string | null;
      /**
       * Format: date-time
       * @description When that happened.
       */
      timestamp: string;
      /**
       * @description `pending`: it will be tried again; `failed`: it will not.
       * @enum {string}
       */
      status: 'pending' | 'delivered' | 'failed';
      nextAttemptAt: string | null;
      attempts: {
        /** Format: date-time */
        at: string;
        durationMs: number;
        /** @description The HTTP status of the answer; null: there was none. */
        status: number | null;
        /** @description The first bytes of the answer, or why there was none. */
        answer: string;
      }[];
      links: {
        self: string;
        redeliver: string;
      };
    };
    Deliveries: {
      deliveries: components['schemas']['Delivery'][];
      /** @description For the next page, of older ones; null: there are none. */
      nextCursor: string | null;
    };
    Models: {
      models: components['schemas']['ModelSummary'][];
    };
    ModelSummary: {
      name: string;
      version: string;
      digest: string;
      description: string | null;
      /**
       * @description what the network’s output is read as; `classification`: one label of several; `multi-label`: every label that applies; `anomaly-detection`: how badly an autoencoder repeats its input; `raw`: the values as they are
       * @enum {string}
       */
      task: 'classification' | 'multi-label' | 'anomaly-detection' | 'raw';
      input:
        | {
            /**
             * @description what the model takes: a recording
             * @constant
             */
            kind: 'audio';
            /** @description hertz; a recording at another rate is resampled (`sr` of `librosa.load`, which is 22050 unless given) */
            sampleRate: number;
            /** @description `mean` of all channels, or the number of one of them, counted from 0 */
            channels: 'mean' | number;
            /**
             * @description the filter that resamples, named as in librosa (`res_type`): `soxr_hq` (its default since 0.10), `kaiser_fast`, `kaiser_best` (both as up to resampy 0.2), or `kaiser_fast_0_3`, `kaiser_best_0_3` (since resampy 0.3)
             * @default soxr_hq
             * @enum {string}
             */
            resampler: 'soxr_hq' | 'kaiser_fast' | 'kaiser_best' | 'kaiser_fast_0_3' | 'kaiser_best_0_3';
            /** @description seconds used, from the start of the recording, at most 67,108,864 samples; what follows is ignored; default the whole recording, which may have as many samples */
            seconds?: number;
            /**
             * @description a recording shorter than `seconds`: `keep` leaves it as it is, `zeros` lengthens it with silence
             * @default keep
             * @enum {string}
             */
            short: 'keep' | 'zeros';
            /** @description instead of `seconds`: the whole recording is heard, window after window, however long it is */
            window?: {
              /** @description seconds of a window, at most 67,108,864 samples; the last one is lengthened with silence */
              seconds: number;
              /** @description seconds from the start of a window to that of the next: below `seconds` they overlap, above it they leave gaps */
              hop: number;
            };
          }
        | {
            /**
             * @description What the model takes: images as PNG, JPEG, GIF, WebP, BMP or TIFF.
             * @constant
             */
            kind: 'image';
            /**
             * @description Width times height, as the file gives them; a larger image is refused before it is decoded.
             * @default 50000000
             */
            maxPixels: number;
            /**
             * @description What transparent pixels are laid on. `none`: their colours are taken as if they were opaque.
             * @default white
             * @enum {string}
             */
            background: 'white' | 'black' | 'none';
          };
      queue: string;
      /** Format: date-time */
      registeredAt: string;
      /** @description All of the model, the highest first. */
      versions: string[];
      /** @description What each alias of the model names. */
      aliases: {
        [key: string]: string;
      };
      links: {
        self: string;
      };
    };
    /** @description A version of a model, with its card. */
    Model: {
      name: string;
      version: string;
      digest: string;
      description: string | null;
      /**
       * @description what the network’s output is read as; `classification`: one label of several; `multi-label`: every label that applies; `anomaly-detection`: how badly an autoencoder repeats its input; `raw`: the values as they are
       * @enum {string}
       */
      task: 'classification' | 'multi-label' | 'anomaly-detection' | 'raw';
      input:
        | {
            /**
             * @description what the model takes: a recording
             * @constant
             */
            kind: 'audio';
            /** @description hertz; a recording at another rate is resampled (`sr` of `librosa.load`, which is 22050 unless given) */
            sampleRate: number;
            /** @description `mean` of all channels, or the number of one of them, counted from 0 */
            channels: 'mean' | number;
            /**
             * @description the filter that resamples, named as in librosa (`res_type`): `soxr_hq` (its default since 0.10), `kaiser_fast`, `kaiser_best` (both as up to resampy 0.2), or `kaiser_fast_0_3`, `kaiser_best_0_3` (since resampy 0.3)
             * @default soxr_hq
             * @enum {string}
             */
            resampler: 'soxr_hq' | 'kaiser_fast' | 'kaiser_best' | 'kaiser_fast_0_3' | 'kaiser_best_0_3';
            /** @description seconds used, from the start of the recording, at most 67,108,864 samples; what follows is ignored; default the whole recording, which may have as many samples */
            seconds?: number;
            /**
             * @description a recording shorter than `seconds`: `keep` leaves it as it is, `zeros` lengthens it with silence
             * @default keep
             * @enum {string}
             */
            short: 'keep' | 'zeros';
            /** @description instead of `seconds`: the whole recording is heard, window after window, however long it is */
            window?: {
              /** @description seconds of a window, at most 67,108,864 samples; the last one is lengthened with silence */
              seconds: number;
              /** @description seconds from the start of a window to that of the next: below `seconds` they overlap, above it they leave gaps */
              hop: number;
            };
          }
        | {
            /**
             * @description What the model takes: images as PNG, JPEG, GIF, WebP, BMP or TIFF.
             * @constant
             */
            kind: 'image';
            /**
             * @description Width times height, as the file gives them; a larger image is refused before it is decoded.
             * @default 50000000
             */
            maxPixels: number;
            /**
             * @description What transparent pixels are laid on. `none`: their colours are taken as if they were opaque.
             * @default white
             * @enum {string}
             */
            background: 'white' | 'black' | 'none';
          };
      queue: string;
      /** Format: date-time */
      registeredAt: string;
      /** @description All of the model, the highest first. */
      versions: string[];
      /** @description What each alias of the model names. */
      aliases: {
        [key: string]: string;
      };
      links: {
        self: string;
      };
      card: components['schemas']['ModelCard'];
      network: {
        /** @enum {string} */
        format: 'keras-hdf5' | 'keras' | 'tfjs-layers' | 'tfjs-graph' | 'onnx';
        layers: number;
        inputs: {
          name: string;
          shape: number[];
        }[];
        outputs: {
          name: string;
          shape: number[];
        }[];
      };
      check: {
        reference: string;
        largestDifference: number;
      };
      groupLimit: number;
    };
    ModelCard: {
      [key: string]: unknown;
    };
    NewKey: {
      id: string;
      owner: string;
      scopes: ('submit' | 'read' | 'admin' | 'ops')[];
      name: string | null;
      /** Format: date-time */
      createdAt: string;
      /** @description To the minute; null: never. */
      lastUsedAt: string | null;
      revokedAt: string | null;
      /** @description The key itself, which no other answer shows. */
      key: string;
    };
    Keys: {
      keys: components['schemas']['Key'][];
    };
    /** @description An API key, without the key itself. */
    Key: {
      id: string;
      owner: string;
      scopes: ('submit' | 'read' | 'admin' | 'ops')[];
      name: string | null;
      /** Format: date-time */
      createdAt: string;
      /** @description To the minute; null: never. */
      lastUsedAt: string | null;
      revokedAt: string | null;
    };
    Acts: {
      acts: components['schemas']['Act'][];
      /** @description For the next page, of older acts; null: there are none. */
      nextCursor: string | null;
    };
    /** @description Something that an administrator did. */
    Act: {
      id: string;
      /** Format: date-time */
      at: string;
      /** @enum {string} */
      act:
        | 'key.create'
        | 'key.revoke'
        | 'owner.set-limits'
        | 'model.register'
        | 'model.set-alias'
        | 'model.remove-alias'
        | 'model.remove-version';
      /** @description Who did it. */
      owner: string;
      /** @description The key that was used; null: that of the settings, or none. */
      keyId: string | null;
      /** @description What it was done to, such as `{"key": "key_..."}`. */
      subject: {
        [key: string]: unknown;
      };
      requestId: string;
    };
    /** @description What is not there is as the settings say; null: no limit. */
    OwnLimits: {
      /** @description Requests in so many seconds, such as `500/10`. */
      rateLimit?: string | null;
      /** @description Unfinished jobs. */
      quotaJobs?: number | null;
      /** @description Bytes of inputs, uploads and results. */
      quotaBytes?: number | null;
      owner: string;
    };
    Alive: {
      /** @constant */
      status: 'alive';
    };
    Readiness: {
      /** @enum {string} */
      status: 'ready' | 'unavailable';
      checks?: {
        redis:
          | {
              /** @constant */
              ok: true;
            }
          | {
              /** @constant */
              ok: false;
              detail: string;
            };
        store:
          | {
              /** @constant */
              ok: true;
            }
          | {
              /** @constant */
              ok: false;
              detail: string;
            };
      };
      /** @description Those that take jobs, with the engine and the device that answer; none are known while Redis is away. */
      readonly workers?: {
        /** @description Its machine and process. */
        id: string;
        /** @description The engine with its version and device. */
        engine: string;
        /** @description Labels of the queues it takes jobs from. */
        queues: string[];
        /** @description How many compute processes it has. */
        processes: number;
      }[];
      /** @description What does not keep it from working, but endangers accepted jobs. */
      readonly warnings?: string[];
    };
    Scaling: {
      /** @description By queue label: those that ever had a job, or have a worker. */
      queues: {
        [key: string]: {
          /** @description `waiting` and `taken` together: what there is to do now. */
          load: number;
          /** @description Could begin now. */
          waiting: number;
          /** @description Is tried again later. */
          delayed: number;
          /** @description Is with a worker, fetched ahead or running. */
          taken: number;
          /** @description How long the jobs have waited that are the next of each priority: the longest of them. */
          oldestWaitSeconds: number | null;
          /** @description Take jobs from the queue. */
          workers: number;
          /** @description Their compute processes. */
          processes: number;
          /** @description What these workers do together, by their own measure. */
          jobsPerSecond: number | null;
          /** @description How long they need for the load, if nothing more comes. */
          drainSeconds: number | null;
        };
      };
      /** @description Deliveries, which workers with the role `notify` make. */
      webhooks: {
        /** @description `waiting` and `taken` together: what there is to do now. */
        load: number;
        /** @description Could begin now. */
        waiting: number;
        /** @description Is tried again later. */
        delayed: number;
        /** @description Is with a worker, fetched ahead or running. */
        taken: number;
      };
    };
    /** @description A job in an event: without its segments, and with at most 5 scores. Where that is too much, more is left out. */
    EventJob: {
      id: string;
      /** @enum {string} */
      status: 'queued' | 'running' | 'succeeded' | 'failed' | 'canceled' | 'expired';
      model?: {
        name: string;
        version: string;
        digest: string;
      };
      input?: {
        filename: string | null;
        /** @description Null until a worker has obtained an input that was named and not sent; so are the other two. */
        contentType: string | null;
        bytes: number | null;
        sha256: string | null;
      };
      result?: {
        /** @description Null for a network whose values are handed back as they are. */
        label: string | null;
        score: number | null;
        anomaly?: boolean;
        /** @description Of several that may apply at once, those that do; best first. */
        labels?: components['schemas']['Score'][];
        scores: components['schemas']['Score'][];
        /** @description The score of each window, null where there was nothing to compute on. */
        windowScores?: (number | null)[];
        tensor?: {
          shape: number[];
          values: number[];
        };
        provenance?: {
          inputSha256: string;
          modelName: string;
          modelVersion: string;
          modelDigest: string;
          features: {
            [key: string]: unknown;
          };
          /** @description What was made of the network’s values: activation, thresholds and the like. */
          output?: {
            [key: string]: unknown;
          };
          engine: string;
          worker: string;
          /** @description The job that computed it, where a batch brought bytes whose result was known. */
          reusedFrom?: string;
        };
      } | null;
      error?: {
        code: string;
        title: string;
        detail: string;
      } | null;
      attempts?: number;
      progress?: number;
      /** @description How many jobs stand before it in its queue. */
      queuePosition?: number | null;
      /** @description At the present pace of the workers; null: it is not known. */
      estimatedStartAt?: string | null;
      /** @description The batch that it is of. */
      batch: string | null;
      metadata?: {
        [key: string]: unknown;
      };
      timings?: {
        /** Format: date-time */
        createdAt: string;
        startedAt: string | null;
        finishedAt: string | null;
        queueMs: number | null;
        decodeMs: number | null;
        featuresMs: number | null;
        inferenceMs: number | null;
        totalMs: number | null;
      };
      /** @description Whether this shows less than there is at `/result`, or of the job itself. */
      truncated: boolean;
      links: {
        self: string;
        events: string;
        cancel: string;
        input: string;
        result: string;
      };
    };
    WebhookEvent:
      | {
          /** @constant */
          type: 'job.running';
          /**
           * Format: date-time
           * @description When it happened.
           */
          timestamp: string;
          /** @description Counts the events of one job or batch. */
          sequence: number;
          data: components['schemas']['EventJob'];
        }
      | {
          /** @constant */
          type: 'job.succeeded';
          /**
           * Format: date-time
           * @description When it happened.
           */
          timestamp: string;
          /** @description Counts the events of one job or batch. */
          sequence: number;
          data: components['schemas']['EventJob'];
        }
      | {
          /** @constant */
          type: 'job.failed';
          /**
           * Format: date-time
           * @description When it happened.
           */
          timestamp: string;
          /** @description Counts the events of one job or batch. */
          sequence: number;
          data: components['schemas']['EventJob'];
        }
      | {
          /** @constant */
          type: 'job.canceled';
          /**
           * Format: date-time
           * @description When it happened.
           */
          timestamp: string;
          /** @description Counts the events of one job or batch. */
          sequence: number;
          data: components['schemas']['EventJob'];
        }
      | {
          /** @constant */
          type: 'job.expired';
          /**
           * Format: date-time
           * @description When it happened.
           */
          timestamp: string;
          /** @description Counts the events of one job or batch. */
          sequence: number;
          data: components['schemas']['EventJob'];
        }
      | {
          /** @constant */
          type: 'batch.finished';
          /**
           * Format: date-time
           * @description When it happened.
           */
          timestamp: string;
          /** @description Counts the events of one job or batch. */
          sequence: number;
          data: components['schemas']['Batch'];
        }
      | {
          /** @constant */
          type: 'webhook.test';
          /**
           * Format: date-time
           * @description When it happened.
           */
          timestamp: string;
          /** @description Counts the events of one job or batch. */
          sequence: number;
          data: {
            /** @description Its id. */
            webhook: string;
          };
        };
  };
  responses: never;
  parameters: {
    /**
     * @description Has the same request carried out once within 24 hours, however often it is sent. Printable ASCII without spaces, such as a UUID.
     * @example 8e03978e-40d5-43e8-bc93-6894a57f9324
     */
    'Idempotency-Key': string;
    /**
     * @description `wait=N` waits up to N seconds, 60 at most, for the end of the job (RFC 7240).
     * @example wait=30
     */
    Prefer: string;
    /**
     * @description The id of the last event that was met; only later ones are sent.
     * @example 1.1.1
     */
    'Last-Event-ID': string;
    /**
     * @description The `ETag` of an answer that is known: while it is still the same, the answer is 304.
     * @example "2jmj7l5rSw0yVb_vlWAYkK_YBwk"
     */
    'If-None-Match': string;
  };
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type Job = components['schemas']['Job'];
export type Result = components['schemas']['Result'];
export type Score = components['schemas']['Score'];
export type Segment = components['schemas']['Segment'];
export type Problem = components['schemas']['Problem'];
export type Jobs = components['schemas']['Jobs'];
export type JobEvent = components['schemas']['JobEvent'];
export type OpenedUpload = components['schemas']['OpenedUpload'];
export type ReceivedUpload = components['schemas']['ReceivedUpload'];
export type Batch = components['schemas']['Batch'];
export type BatchFile = components['schemas']['BatchFile'];
export type BatchFileLine = components['schemas']['BatchFileLine'];
export type BatchResult = components['schemas']['BatchResult'];
export type NewWebhook = components['schemas']['NewWebhook'];
export type Webhooks = components['schemas']['Webhooks'];
export type Webhook = components['schemas']['Webhook'];
export type WebhookSecret = components['schemas']['WebhookSecret'];
export type RotatedSecret = components['schemas']['RotatedSecret'];
export type Delivery = components['schemas']['Delivery'];
export type Deliveries = components['schemas']['Deliveries'];
export type Models = components['schemas']['Models'];
export type ModelSummary = components['schemas']['ModelSummary'];
export type Model = components['schemas']['Model'];
export type ModelCard = components['schemas']['ModelCard'];
export type NewKey = components['schemas']['NewKey'];
export type Keys = components['schemas']['Keys'];
export type Key = components['schemas']['Key'];
export type Acts = components['schemas']['Acts'];
export type Act = components['schemas']['Act'];
export type OwnLimits = components['schemas']['OwnLimits'];
export type Alive = components['schemas']['Alive'];
export type Readiness = components['schemas']['Readiness'];
export type Scaling = components['schemas']['Scaling'];
export type EventJob = components['schemas']['EventJob'];
export type WebhookEvent = components['schemas']['WebhookEvent'];
export type ParameterIdempotencyKey = components['parameters']['Idempotency-Key'];
export type ParameterPrefer = components['parameters']['Prefer'];
export type ParameterLastEventId = components['parameters']['Last-Event-ID'];
export type ParameterIfNoneMatch = components['parameters']['If-None-Match'];
export type $defs = Record<string, never>;
export interface operations {
  listJobs: {
    parameters: {
      query?: {
        /** @description One or several, with commas. */
        status?: ('queued' | 'running' | 'succeeded' | 'failed' | 'canceled' | 'expired')[];
        /** @description `name`, `name@version` or `name@alias`: the version that the alias names now. */
        model?: string;
        /** @description Those of one batch, by its id. */
        batch?: string;
        /** @description The most jobs of a page. */
        limit?: number;
        /** @description The `nextCursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of jobs. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Jobs'];
        };
      };
    };
  };
  submitJob: {
    parameters: {
      query?: {
        /** @description `name`, `name@version` or `name@alias`. */
        model?: string;
        /** @description Handed back with the job; at most 4 KiB. */
        metadata?: string;
        /** @description 9 is the most urgent. */
        priority?: number;
        /** @description Seconds within which it must have started, else it is `expired`. */
        expiresIn?: number;
        /** @description Seconds it may run. */
        timeout?: number;
        /** @description Who is told of its end: an address, or JSON with the events. */
        webhook?:
          | string
          | {
              /** Format: uri */
              url: string;
              events?: (
                'job.running' | 'job.succeeded' | 'job.failed' | 'job.canceled' | 'job.expired' | 'batch.finished'
              )[];
            };
      };
      header?: {
        /**
         * @description Has the same request carried out once within 24 hours, however often it is sent. Printable ASCII without spaces, such as a UUID.
         * @example 8e03978e-40d5-43e8-bc93-6894a57f9324
         */
        'Idempotency-Key'?: components['parameters']['Idempotency-Key'];
        /**
         * @description `wait=N` waits up to N seconds, 60 at most, for the end of the job (RFC 7240).
         * @example wait=30
         */
        Prefer?: components['parameters']['Prefer'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'multipart/form-data': {
          /** @description `name`, `name@version` or `name@alias`. */
          model?: string;
          /** @description Handed back with the job; at most 4 KiB. */
          metadata?: {
            [key: string]: unknown;
          };
          /** @description 9 is the most urgent. */
          priority?: number;
          /** @description Seconds within which it must have started, else it is `expired`. */
          expiresIn?: number;
          /** @description Seconds it may run. */
          timeout?: number;
          /** @description Who is told of its end: an address, or JSON with the events. */
          webhook?:
            | string
            | {
                /** Format: uri */
                url: string;
                events?: (
                  'job.running' | 'job.succeeded' | 'job.failed' | 'job.canceled' | 'job.expired' | 'batch.finished'
                )[];
              };
          /** Format: binary */
          file: Bytes;
        };
        'application/json': {
          /** @description `name`, `name@version` or `name@alias`. */
          model?: string;
          /** @description Handed back with the job; at most 4 KiB. */
          metadata?: {
            [key: string]: unknown;
          };
          /** @description 9 is the most urgent. */
          priority?: number;
          /** @description Seconds within which it must have started, else it is `expired`. */
          expiresIn?: number;
          /** @description Seconds it may run. */
          timeout?: number;
          /** @description Who is told of its end: an address, or JSON with the events. */
          webhook?:
            | string
            | {
                /** Format: uri */
                url: string;
                events?: (
                  'job.running' | 'job.succeeded' | 'job.failed' | 'job.canceled' | 'job.expired' | 'batch.finished'
                )[];
              };
          input: {
            url?: string;
            upload?: string;
            filename?: string;
          } & (unknown | unknown);
        };
        'application/octet-stream': Bytes;
        'audio/*': Bytes;
        'image/*': Bytes;
      };
    };
    responses: {
      /** @description The finished job, where it was waited for. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Job'];
        };
      };
      /** @description The job; it and its input are durable. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Job'];
        };
      };
    };
  };
  predict: {
    parameters: {
      query?: {
        /** @description Handed back with the job; at most 4 KiB. */
        metadata?: string;
        /** @description 9 is the most urgent. */
        priority?: number;
        /** @description Seconds within which it must have started, else it is `expired`. */
        expiresIn?: number;
        /** @description Seconds it may run. */
        timeout?: number;
        /** @description Who is told of its end: an address, or JSON with the events. */
        webhook?:
          | string
          | {
              /** Format: uri */
              url: string;
              events?: (
                'job.running' | 'job.succeeded' | 'job.failed' | 'job.canceled' | 'job.expired' | 'batch.finished'
              )[];
            };
      };
      header?: {
        /**
         * @description Has the same request carried out once within 24 hours, however often it is sent. Printable ASCII without spaces, such as a UUID.
         * @example 8e03978e-40d5-43e8-bc93-6894a57f9324
         */
        'Idempotency-Key'?: components['parameters']['Idempotency-Key'];
        /**
         * @description `wait=N` waits up to N seconds, 60 at most, for the end of the job (RFC 7240).
         * @example wait=30
         */
        Prefer?: components['parameters']['Prefer'];
      };
      path: {
        /**
         * @description `name`, `name@version` or `name@alias`.
         * @example fan-fault
         */
        model: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'multipart/form-data': {
          /** @description Handed back with the job; at most 4 KiB. */
          metadata?: {
            [key: string]: unknown;
          };
          /** @description 9 is the most urgent. */
          priority?: number;
          /** @description Seconds within which it must have started, else it is `expired`. */
          expiresIn?: number;
          /** @description Seconds it may run. */
          timeout?: number;
          /** @description Who is told of its end: an address, or JSON with the events. */
          webhook?:
            | string
            | {
                /** Format: uri */
                url: string;
                events?: (
                  'job.running' | 'job.succeeded' | 'job.failed' | 'job.canceled' | 'job.expired' | 'batch.finished'
                )[];
              };
          /** Format: binary */
          file: Bytes;
        };
        'application/json': {
          /** @description Handed back with the job; at most 4 KiB. */
          metadata?: {
            [key: string]: unknown;
          };
          /** @description 9 is the most urgent. */
          priority?: number;
          /** @description Seconds within which it must have started, else it is `expired`. */
          expiresIn?: number;
          /** @description Seconds it may run. */
          timeout?: number;
          /** @description Who is told of its end: an address, or JSON with the events. */
          webhook?:
            | string
            | {
                /** Format: uri */
                url: string;
                events?: (
                  'job.running' | 'job.succeeded' | 'job.failed' | 'job.canceled' | 'job.expired' | 'batch.finished'
                )[];
              };
          input: {
            url?: string;
            upload?: string;
            filename?: string;
          } & (unknown | unknown);
        };
        'application/octet-stream': Bytes;
        'audio/*': Bytes;
        'image/*': Bytes;
      };
    };
    responses: {
      /** @description The finished job, where it was waited for. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Job'];
        };
      };
      /** @description The job; it and its input are durable. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Job'];
        };
      };
    };
  };
  readJob: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The `ETag` of an answer that is known: while it is still the same, the answer is 304.
         * @example "2jmj7l5rSw0yVb_vlWAYkK_YBwk"
         */
        'If-None-Match'?: components['parameters']['If-None-Match'];
      };
      path: {
        /**
         * @description The id of a job.
         * @example job_01KAGQ2W6Y3V8Z5N4M7T9R1XBC
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The job; `Retry-After` while it is unfinished. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Job'];
        };
      };
      /** @description It is still as `If-None-Match` names it. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  deleteJob: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The id of a job.
         * @example job_01KAGQ2W6Y3V8Z5N4M7T9R1XBC
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is gone. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  cancelJob: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The id of a job.
         * @example job_01KAGQ2W6Y3V8Z5N4M7T9R1XBC
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The canceled job. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Job'];
        };
      };
    };
  };
  retryJob: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The id of a job.
         * @example job_01KAGQ2W6Y3V8Z5N4M7T9R1XBC
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The job, queued again. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Job'];
        };
      };
    };
  };
  readJobInput: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The id of a job.
         * @example job_01KAGQ2W6Y3V8Z5N4M7T9R1XBC
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The bytes as they came, to be saved. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'audio/*': Bytes;
          'image/*': Bytes;
          'application/octet-stream': Bytes;
        };
      };
      /** @description Where the object store itself hands the bytes out, for five minutes: an address to be followed without the key. */
      302: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  readJobResult: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The id of a job.
         * @example job_01KAGQ2W6Y3V8Z5N4M7T9R1XBC
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The result. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Result'];
        };
      };
      /** @description Where the object store itself hands the bytes out, for five minutes: an address to be followed without the key. */
      302: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  followJob: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The id of the last event that was met; only later ones are sent.
         * @example 1.1.1
         */
        'Last-Event-ID'?: components['parameters']['Last-Event-ID'];
      };
      path: {
        /**
         * @description The id of a job.
         * @example job_01KAGQ2W6Y3V8Z5N4M7T9R1XBC
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The events. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': string;
        };
      };
      /** @description It has ended, and the last event was met: stay away. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  openUpload: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description Exactly so many are taken. */
          bytes: number;
          /**
           * @description To be sent with the bytes; what they are is found from themselves.
           * @default application/octet-stream
           */
          contentType?: string;
        };
      };
    };
    responses: {
      /** @description The address. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OpenedUpload'];
        };
      };
    };
  };
  upload: {
    parameters: {
      query: {
        owner: string;
        bytes: string;
        expires: string;
        signature: string;
      };
      header?: never;
      path: {
        /**
         * @description The id of the upload.
         * @example upload_01KAGQ2W6Y3V8Z5N4M7T9R1XBC
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        '*/*': Bytes;
      };
    };
    responses: {
      /** @description The bytes are there. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReceivedUpload'];
        };
      };
    };
  };
  openBatch: {
    parameters: {
      query?: {
        model?: string;
        /** @description A JSON object. */
        metadata?: string;
        webhook?: string;
        reuse?: boolean;
        close?: boolean;
        priority?: number;
        timeout?: number;
      };
      header?: {
        /**
         * @description Has the same request carried out once within 24 hours, however often it is sent. Printable ASCII without spaces, such as a UUID.
         * @example 8e03978e-40d5-43e8-bc93-6894a57f9324
         */
        'Idempotency-Key'?: components['parameters']['Idempotency-Key'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          model: string;
          /** @default {} */
          metadata?: {
            [key: string]: unknown;
          };
          /** @default true */
          reuse?: boolean;
          /** @default 5 */
          priority?: number;
          webhook?:
            | string
            | {
                /** Format: uri */
                url: string;
                events?: (
                  'job.running' | 'job.succeeded' | 'job.failed' | 'job.canceled' | 'job.expired' | 'batch.finished'
                )[];
              };
          close?: boolean;
          items?: ({
            url?: string;
            upload?: string;
            path: string;
          } & (unknown | unknown))[];
          /** @default 0 */
          timeout?: number;
        };
        'multipart/form-data': {
          model?: string;
          /** @description A JSON object. */
          metadata?: string;
          webhook?: string;
          reuse?: boolean;
          close?: boolean;
          priority?: number;
          timeout?: number;
          file?: Bytes[];
          /** Format: binary */
          archive?: Bytes;
        };
        'application/zip': Bytes;
        'application/x-tar': Bytes;
        'application/gzip': Bytes;
        'application/octet-stream': Bytes;
      };
    };
    responses: {
      /** @description The batch. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Batch'];
        };
      };
    };
  };
  readBatch: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The id of a batch.
         * @example batch_01KAGQ2W6Y3V8Z5N4M7T9R1XBC
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The batch; `Retry-After` while it is unfinished. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Batch'];
        };
      };
    };
  };
  closeBatch: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The id of a batch.
         * @example batch_01KAGQ2W6Y3V8Z5N4M7T9R1XBC
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The batch. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Batch'];
        };
      };
    };
  };
  cancelBatch: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The id of a batch.
         * @example batch_01KAGQ2W6Y3V8Z5N4M7T9R1XBC
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The batch; files may be just ending. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Batch'];
        };
      };
    };
  };
  retryBatch: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The id of a batch.
         * @example batch_01KAGQ2W6Y3V8Z5N4M7T9R1XBC
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The batch. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Batch'];
        };
      };
    };
  };
  followBatch: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The id of the last event that was met; only later ones are sent.
         * @example 1.1.1
         */
        'Last-Event-ID'?: components['parameters']['Last-Event-ID'];
      };
      path: {
        /**
         * @description The id of a batch.
         * @example batch_01KAGQ2W6Y3V8Z5N4M7T9R1XBC
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The events; their data is the batch. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': string;
        };
      };
      /** @description It has finished, and the last event was met: stay away. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  listBatchFiles: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The id of a batch.
         * @example batch_01KAGQ2W6Y3V8Z5N4M7T9R1XBC
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A line a file, in the order in which they came. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/x-ndjson': string;
        };
      };
    };
  };
  addBatchFile: {
    parameters: {
      query: {
        /** @description Its path within the batch: relative, with slashes. */
        path: string;
      };
      header?: never;
      path: {
        /**
         * @description The id of a batch.
         * @example batch_01KAGQ2W6Y3V8Z5N4M7T9R1XBC
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/octet-stream': Bytes;
        'audio/*': Bytes;
        'image/*': Bytes;
        'multipart/form-data': {
          /** Format: binary */
          file: Bytes;
        };
      };
    };
    responses: {
      /** @description It was there already, with the same bytes. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BatchFile'];
        };
      };
      /** @description It is added. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BatchFile'];
        };
      };
    };
  };
  readBatchResults: {
    parameters: {
      query?: {
        format?: 'csv' | 'ndjson';
      };
      header?: never;
      path: {
        /**
         * @description The id of a batch.
         * @example batch_01KAGQ2W6Y3V8Z5N4M7T9R1XBC
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A line a file, in the order in which they came. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/x-ndjson': string;
          'text/csv': string;
        };
      };
    };
  };
  listWebhooks: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description All of them. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Webhooks'];
        };
      };
    };
  };
  registerWebhook: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** Format: uri */
          url: string;
          events: (
            'job.running' | 'job.succeeded' | 'job.failed' | 'job.canceled' | 'job.expired' | 'batch.finished'
          )[];
          /** @default null */
          description?: string | null;
        };
      };
    };
    responses: {
      /** @description The webhook, and its secret, which no other answer shows. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NewWebhook'];
        };
      };
    };
  };
  readWebhookSecret: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The secret. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookSecret'];
        };
      };
    };
  };
  rotateOwnWebhookSecret: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The new one. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RotatedSecret'];
        };
      };
    };
  };
  readWebhook: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The id of a webhook.
         * @example webhook_01KAGQ2W6Y3V8Z5N4M7T9R1XBC
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The webhook. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Webhook'];
        };
      };
    };
  };
  removeWebhook: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The id of a webhook.
         * @example webhook_01KAGQ2W6Y3V8Z5N4M7T9R1XBC
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is gone. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  changeWebhook: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The id of a webhook.
         * @example webhook_01KAGQ2W6Y3V8Z5N4M7T9R1XBC
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** Format: uri */
          url?: string;
          events?: (
            'job.running' | 'job.succeeded' | 'job.failed' | 'job.canceled' | 'job.expired' | 'batch.finished'
          )[];
          description?: string | null;
          disabled?: boolean;
        };
      };
    };
    responses: {
      /** @description The webhook as it is now. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Webhook'];
        };
      };
    };
  };
  rotateWebhookSecret: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The id of a webhook.
         * @example webhook_01KAGQ2W6Y3V8Z5N4M7T9R1XBC
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The new one. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RotatedSecret'];
        };
      };
    };
  };
  testWebhook: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The id of a webhook.
         * @example webhook_01KAGQ2W6Y3V8Z5N4M7T9R1XBC
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The delivery; `Location` tells what came of it. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Delivery'];
        };
      };
    };
  };
  listWebhookDeliveries: {
    parameters: {
      query?: {
        /** @description The most deliveries of a page. */
        limit?: number;
        /** @description The `nextCursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path: {
        /**
         * @description The id of a webhook.
         * @example webhook_01KAGQ2W6Y3V8Z5N4M7T9R1XBC
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The latest 200, for 7 days. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Deliveries'];
        };
      };
    };
  };
  listDeliveries: {
    parameters: {
      query?: {
        /** @description The most deliveries of a page. */
        limit?: number;
        /** @description The `nextCursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The latest 200, for 7 days. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Deliveries'];
        };
      };
    };
  };
  readDelivery: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The id of a delivery: its `webhook-id`.
         * @example delivery_6d0f8a4bb1c15d6a0a6a6c8f2b3e4d5f
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The delivery. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Delivery'];
        };
      };
    };
  };
  redeliver: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The id of a delivery: its `webhook-id`.
         * @example delivery_6d0f8a4bb1c15d6a0a6a6c8f2b3e4d5f
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The delivery. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Delivery'];
        };
      };
    };
  };
  listModels: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Each in the version that a job gets which names the model alone. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Models'];
        };
      };
    };
  };
  readModel: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The name of a model.
         * @example fan-fault
         */
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The version. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Model'];
        };
      };
    };
  };
  readModelVersion: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The name of a model.
         * @example fan-fault
         */
        name: string;
        /**
         * @description A version of it, or an alias.
         * @example 1.0.0
         */
        version: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The version. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Model'];
        };
      };
    };
  };
  registerModel: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The name of a model.
         * @example fan-fault
         */
        name: string;
        /**
         * @description A version of it.
         * @example 1.0.0
         */
        version: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/zip': Bytes;
        'application/gzip': Bytes;
        'application/octet-stream': Bytes;
      };
    };
    responses: {
      /** @description The very same was there already. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Model'];
        };
      };
      /** @description It is registered. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Model'];
        };
      };
    };
  };
  removeModelVersion: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The name of a model.
         * @example fan-fault
         */
        name: string;
        /**
         * @description A version of it.
         * @example 1.0.0
         */
        version: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is gone. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  setModelAlias: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The name of a model.
         * @example fan-fault
         */
        name: string;
        /**
         * @description An alias of one of its versions.
         * @example stable
         */
        alias: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description The version that the alias is to name. */
          version: string;
        };
      };
    };
    responses: {
      /** @description The version that it now names. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Model'];
        };
      };
    };
  };
  removeModelAlias: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The name of a model.
         * @example fan-fault
         */
        name: string;
        /**
         * @description An alias of one of its versions.
         * @example stable
         */
        alias: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is gone. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  listKeys: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description All of them. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Keys'];
        };
      };
    };
  };
  createKey: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description To whom belongs what is made with the key. */
          owner: string;
          /** @description What it may be used for. */
          scopes: ('submit' | 'read' | 'admin' | 'ops')[];
          /** @description For people, to tell keys apart. */
          name?: string | null;
        };
      };
    };
    responses: {
      /** @description The key, which no other answer shows. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NewKey'];
        };
      };
    };
  };
  revokeKey: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The id of a key.
         * @example key_01KAGQ2W6Y3V8Z5N4M7T9R1XBC
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is revoked, by all APIs within 3 seconds. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  listActs: {
    parameters: {
      query?: {
        /** @description The most acts of a page. */
        limit?: number;
        /** @description The `nextCursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of acts. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Acts'];
        };
      };
    };
  };
  readOwnLimits: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The name of an owner.
         * @example acme
         */
        owner: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Those that differ from the settings. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OwnLimits'];
        };
      };
    };
  };
  setOwnLimits: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The name of an owner.
         * @example acme
         */
        owner: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description Requests in so many seconds, such as `500/10`. */
          rateLimit?: string | null;
          /** @description Unfinished jobs. */
          quotaJobs?: number | null;
          /** @description Bytes of inputs, uploads and results. */
          quotaBytes?: number | null;
        };
      };
    };
    responses: {
      /** @description As they are now. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OwnLimits'];
        };
      };
    };
  };
  readLiveness: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It does. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Alive'];
        };
      };
    };
  };
  readReadiness: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description They can. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Readiness'];
        };
      };
      /** @description They cannot now. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Readiness'];
        };
      };
    };
  };
  readMetrics: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The metrics. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/plain': string;
        };
      };
    };
  };
  readScaling: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It, at this instant. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Scaling'];
        };
      };
    };
  };
  readDescription: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The `ETag` of an answer that is known: while it is still the same, the answer is 304.
         * @example "2jmj7l5rSw0yVb_vlWAYkK_YBwk"
         */
        'If-None-Match'?: components['parameters']['If-None-Match'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The description. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            openapi: string;
            info: {
              title: string;
            } & {
              [key: string]: unknown;
            };
          } & {
            [key: string]: unknown;
          };
        };
      };
      /** @description It is still as `If-None-Match` names it. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  readDocs: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The page. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
        };
      };
    };
  };
  readDocsFile: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description Its name.
         * @example swagger-ui.css
         */
        file: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The part. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/css': string;
          'text/javascript': string;
          'application/json': {
            openapi: string;
            info: {
              title: string;
            } & {
              [key: string]: unknown;
            };
          } & {
            [key: string]: unknown;
          };
        };
      };
    };
  };
}
