import type { RouteTable } from '../problems/route-table.js';
import { composeDocument } from './compose-document.js';

export interface ApiDescriptionParts {
  /** Complete once the API listens. */
  routes: RouteTable;
  needsKeys: boolean;
  /** That a job may run. */
  jobTimeoutMs: number;
}

/** The description of this API, made when it is first asked for. */
export class ApiDescription {
  private text: Promise<string> | undefined;

  constructor(private readonly parts: ApiDescriptionParts) {}

  /** As JSON. */
  toJson(): Promise<string> {
    return (this.text ??= this.compose());
  }

  private async compose(): Promise<string> {
    const { routes, needsKeys, jobTimeoutMs } = this.parts;
    // Few ask for it, and it has a schema for everything.
    const { allOperations } = await import('./all-operations.js');
    const operations = allOperations(jobTimeoutMs / 1000);
    return JSON.stringify(composeDocument({ routes: routes.list(), operations, needsKeys }));
  }
}
