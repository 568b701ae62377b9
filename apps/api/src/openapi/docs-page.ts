import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * What the page may do: run its own scripts and ask its own server, nothing else. Swagger UI writes styles into the page,
 * and has its icons as data.
 */
export const docsPolicy = [
  ...["default-src 'none'", "script-src 'self'", "style-src 'self' 'unsafe-inline'", "img-src 'self' data:"],
  ...["connect-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
].join('; ');

/** Its addresses are relative, so that it works below any path of a proxy. */
export const docsPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Earshot: the API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body>
<div id="page"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</body>
</html>
`;

const startScript = `SwaggerUIBundle({
  dom_id: '#page',
  url: 'docs/openapi.json',
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  docExpansion: 'list',
  validatorUrl: null,
});
`;

/** A file of the page. */
export interface DocsFile {
  contentType: string;
  body: Buffer | string;
}

const packageFile = createRequire(import.meta.url).resolve('swagger-ui-dist/package.json');
const ofPackage: Record<string, string> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
};

/** A file that the page refers to, but for the description; null when there is none of that name. */
export async function readDocsFile(name: string): Promise<DocsFile | null> {
  if (name === 'start.js') return { contentType: 'text/javascript; charset=utf-8', body: startScript };
  if (!Object.hasOwn(ofPackage, name)) return null;
  return { contentType: ofPackage[name] ?? '', body: await readFile(join(dirname(packageFile), name)) };
}
