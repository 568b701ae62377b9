import type { Need } from '../access/needs-scope.js';

interface Route {
  method: string;
  /** Such as `/jobs/:id`. */
  pattern: string;
  path: RegExp;
  need: Need;
}

/** The routes there are, to tell a path that does not exist from a method that its path does not take. */
export class RouteTable {
  private readonly routes: Route[] = [];

  /** @param pattern such as `/jobs/:id` */
  add(method: string, pattern: string, need: Need): void {
    const path = new RegExp(`^${pattern.replaceAll('.', '\\.').replace(/:[A-Za-z]+/g, '[^/]+')}$`);
    this.routes.push({ method, pattern, path, need });
  }

  /** All of them, and what each asks of its callers' keys. */
  list(): readonly Omit<Route, 'path'>[] {
    return this.routes;
  }

  /** The methods that a request's path takes, sorted; none when the path does not exist. */
  methodsOf(path: string): string[] {
    const methods = this.routes.filter((route) => route.path.test(path)).map((route) => route.method);
    return [...new Set(methods)].sort();
  }
}
