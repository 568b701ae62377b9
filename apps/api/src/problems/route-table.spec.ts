import { describe, expect, it } from '@jest/globals';
import { RouteTable } from './route-table.js';

function table(): RouteTable {
  const routes = new RouteTable();
  routes.add('POST', '/jobs', 'read');
  routes.add('HEAD', '/jobs/:id', 'read');
  routes.add('GET', '/jobs/:id', 'read');
  routes.add('GET', '/models/:name/versions/:version', 'read');
  return routes;
}

describe('RouteTable', () => {
  it.each([
    ['/jobs', ['POST']],
    ['/jobs/job_1', ['GET', 'HEAD']],
    ['/jobs/', []],
    ['/jobs/a/b', []],
    ['/models/fan/versions/1.0.0', ['GET']],
    ['/nowhere', []],
  ])('%s takes %j', (path, methods) => {
    expect(table().methodsOf(path)).toEqual(methods);
  });
});
