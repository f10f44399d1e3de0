import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import express, { Router } from 'express';
import helmet from 'helmet';

const require = createRequire(import.meta.url);
const assets = dirname(require.resolve('swagger-ui-dist/package.json'));
const ASSET_NAMES = new Set(['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-16x16.png', 'favicon-32x32.png']);

const page = `<!doctype html>
<html lang="ja">
  <head>
    <meta charset="utf-8">
    <title>genba-call admin API</title>
    <link rel="stylesheet" href="docs/swagger-ui.css">
    <link rel="icon" href="docs/favicon-32x32.png">
  </head>
  <body>
    <div id="ui"></div>
    <script src="docs/swagger-ui-bundle.js"></script>
    <script src="docs/start.js"></script>
  </body>
</html>
`;

const start = `window.ui = SwaggerUIBundle({ url: 'openapi.json', dom_id: '#ui', validatorUrl: null, deepLinking: true });\n`;

/** The OpenAPI document and its page, without key, everything from here: nothing is loaded from elsewhere. */
export function createDocsRouter(openApi: object): Router {
  const router = Router({ caseSensitive: true });
  const document = JSON.stringify(openApi);
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
  });
  const files = express.static(assets, { index: false, redirect: false, maxAge: '1d' });
  router.get('/openapi.json', headers, (_request, response) => {
    response.type('application/json').send(document);
  });
  router.get('/docs', headers, (request, response) => {
    // A trailing slash would turn the relative addresses of the page into others.
    if (request.path.endsWith('/')) response.redirect(308, '../docs');
    else response.type('html').send(page);
  });
  router.get('/docs/start.js', headers, (_request, response) => {
    response.type('js').send(start);
  });
  router.use('/docs', headers, (request, response, next) => {
    if (ASSET_NAMES.has(request.path.slice(1))) files(request, response, next);
    else next();
  });
  return router;
}
