import fastifyCookie from '@fastify/cookie';
import fastifyCompress from '@fastify/compress';
import fastifyHelmet from '@fastify/helmet';
import fastifyRateLimit from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { RefusalError } from '#kernel/result.ts';
import type { Route } from './bind.ts';
import { openApiOf, openApiPage } from './openapi.ts';
import { Packer } from './pack.ts';
import { commonProblems, problemBody } from './problem.ts';
import { languageOf, serveRoute, type HttpOptions } from './serve-route.ts';
import { endStreams } from './stream.ts';

export type ServerOptions = HttpOptions & {
  readonly routes: readonly Route[];
  /** Folder of the built screens; left out in tests of the API. */
  readonly webRoot?: string;
  /** Requests a minute and address; 0 turns it off, for measuring only. */
  readonly requestsPerMinute?: number;
  readonly trustProxy?: boolean;
};

const maxJsonBytes = 1_048_576;
const maxUploadBytes = 60 * 1_048_576;

/** Builds the HTTP server from contracts. @throws when a route's permission is in no manifest: it must not start (SECURITY R8) */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  refuseUndeclared(options);
  const app = Fastify({ logger: false, bodyLimit: maxUploadBytes, trustProxy: options.trustProxy ?? false, requestTimeout: 60_000, routerOptions: { maxParamLength: 300 } });
  await app.register(fastifyCookie);
  await app.register(fastifyCompress, { global: true, threshold: 1024, encodings: ['gzip', 'identity'], zlibOptions: { level: 2 } });
  await secureHeaders(app);
  if (options.requestsPerMinute !== 0) await app.register(fastifyRateLimit, rateLimit(options));
  parseBodies(app);
  app.addHook('onRequest', refuseForeignOrigin);
  app.addHook('preClose', async () => endStreams(app.server));
  app.setErrorHandler((error, request, reply) => answerFault(error, request, reply, options));
  const packer = new Packer();
  for (const route of options.routes) {
    app.route({
      method: route.contract.method,
      url: `/api${route.contract.path}`,
      bodyLimit: route.contract.upload?.maxBytes ?? maxJsonBytes,
      handler: serveRoute(route, options, packer),
      onSend: async (_request, reply) => { if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store'); },
    });
  }
  serveOpenApi(app, options.routes);
  await serveScreens(app, options);
  return app;
}

function refuseUndeclared(options: ServerOptions): void {
  for (const { contract } of options.routes) {
    if (contract.who !== 'anyone' && contract.who !== 'signed-in' && options.policy[contract.who] === undefined) {
      throw new Error(`${contract.method} ${contract.path}: nobody holds the permission ${contract.who}; name it in a manifest`);
    }
  }
}

/** SECURITY R49, R50. The same on every answer, so the library makes them once: built anew for each request they took as long as a small answer. */
async function secureHeaders(app: FastifyInstance): Promise<void> {
  const guarding = Object.entries(await guardingHeaders());
  app.addHook('onRequest', (_request, reply, done) => {
    for (const [name, value] of guarding) reply.raw.setHeader(name, value);
    done();
  });
}

/** What the library puts on an answer. Trusted types are asked for; the browser floor that lacks them ignores the directive. */
async function guardingHeaders(): Promise<Record<string, string>> {
  const model = Fastify({ logger: false });
  model.get('/', async (_request, reply) => reply.status(204).send());
  const plain = (await model.inject('/')).headers;
  await model.close();
  const guarded = Fastify({ logger: false });
  await guarded.register(fastifyHelmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"], 'script-src': ["'self'"], 'style-src': ["'self'"], 'img-src': ["'self'", 'data:'], 'font-src': ["'self'"],
        'connect-src': ["'self'"], 'manifest-src': ["'self'"], 'worker-src': ["'self'"], 'frame-ancestors': ["'none'"], 'base-uri': ["'none'"],
        'form-action': ["'self'"], 'require-trusted-types-for': ["'script'"],
      },
    },
    strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: true },
    crossOriginEmbedderPolicy: { policy: 'require-corp' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
  });
  guarded.get('/', async (_request, reply) => reply.status(204).send());
  const { headers } = await guarded.inject('/');
  await guarded.close();
  const added = Object.entries(headers).flatMap(([name, value]) => (plain[name] === undefined && typeof value === 'string' ? [[name, value] as const] : []));
  return { ...Object.fromEntries(added), 'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()' };
}

const rateLimit = (options: ServerOptions) => ({
  max: options.requestsPerMinute ?? 1200,
  timeWindow: '1 minute',
  errorResponseBuilder: () => new RefusalError({ code: 'too-many-requests' }),
});

/** JSON as text for our own strict reader; anything else only as bytes, for uploads. */
function parseBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}

/** SECURITY R51: unsafe methods come from our own pages only. */
async function refuseForeignOrigin(request: FastifyRequest): Promise<void> {
  if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS') return;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new RefusalError({ code: 'origin-refused' });
  const origin = request.headers.origin;
  if (origin !== undefined && hostOf(origin) !== request.host) throw new RefusalError({ code: 'origin-refused' });
}

const hostOf = (origin: string): string => {
  try {
    return new URL(origin).host;
  } catch {
    return '';
  }
};

async function answerFault(error: unknown, request: FastifyRequest, reply: FastifyReply, options: ServerOptions): Promise<void> {
  const code = codeOfFault(error);
  const status = commonProblems[code] ?? 500;
  if (status === 500) options.services.logger.error({ event: 'fault', route: request.routeOptions.url, fault: error instanceof Error ? error.stack : String(error) });
  await reply.status(status).type('application/problem+json').send(problemBody({ code }, status, options.sentence, languageOf(request)));
}

function codeOfFault(error: unknown): string {
  if (error instanceof RefusalError) return error.problem.code;
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return 'input-too-large';
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return 'content-type-wrong';
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500;
  return status >= 400 && status < 500 ? 'input-invalid' : 'internal-fault';
}

function serveOpenApi(app: FastifyInstance, routes: readonly Route[]): void {
  const document = openApiOf(routes.map((route) => route.contract));
  app.get('/api/openapi.json', async (_request, reply) => reply.type('application/json').send(document));
  app.get('/api', async (request, reply) => reply.type('text/html; charset=utf-8').send(openApiPage(document, languageOf(request))));
}

async function serveScreens(app: FastifyInstance, options: ServerOptions): Promise<void> {
  const root = options.webRoot;
  const built = root !== undefined && existsSync(join(root, 'index.html'));
  if (built) {
    await app.register(fastifyStatic, {
      root, wildcard: true, index: false,
      setHeaders: (response, path) => {
        response.header('cache-control', /\/assets\//.test(path.replaceAll('\\', '/')) ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
    app.get('/', (_request, reply) => reply.sendFile('index.html'));
  }
  app.setNotFoundHandler(async (request, reply) => {
    const page = built && request.method === 'GET' && !request.url.startsWith('/api') && !/\.[a-z0-9]{2,11}$/.test(request.url.split('?')[0] ?? '');
    if (page) return reply.sendFile('index.html');
    return reply.status(404).type('application/problem+json').send(problemBody({ code: 'not-found' }, 404, options.sentence, languageOf(request)));
  });
}
