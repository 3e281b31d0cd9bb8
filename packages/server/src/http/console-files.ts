import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyStaticOptions } from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ConsoleLook, dressed } from './console-look.ts';

/** Paths that are never a screen of the console, so that a mistyped one is a problem and not a page. */
const notScreens = /^\/(api|query|assets|look|problems|healthz|readyz|metrics)(\/|$|\?)/;

/**
 * Serves the built console. Files under /assets carry a hash in their name and may be kept for ever.
 * @returns what answers with the page of the console, in the provider's look where there is one
 */
export function registerConsole(
  app: FastifyInstance,
  folder: string,
  look: ConsoleLook | null,
): (reply: FastifyReply) => FastifyReply {
  // The library throws where they do not hold; whole files are all that browsers ask for, and those are always sent.
  app.addHook('onRequest', async ({ raw }) => {
    delete raw.headers['if-match'];
    delete raw.headers['if-unmodified-since'];
  });
  const options: FastifyStaticOptions = {
    root: folder,
    cacheControl: false,
    acceptRanges: false,
    // The build writes brotli and gzip copies beside the files.
    preCompressed: true,
    setHeaders(reply, path) {
      const isHashed = path.startsWith(`${folder}/assets/`);
      reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  };
  // Loaded where there is a console to serve.
  app.register(import('@fastify/static'), options);
  if (look === null) return (reply) => reply.code(200).sendFile('index.html');
  const page = dressed(readFileSync(join(folder, 'index.html'), 'utf8'), look);
  const send = (reply: FastifyReply) =>
    reply.code(200).header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page);
  for (const path of ['/', '/index.html']) app.get(path, (_, reply) => send(reply));
  return send;
}

/** Is this the address of a screen? The console's router finds it once the page is loaded. */
export function isScreen(request: FastifyRequest): boolean {
  const wantsPage = (request.headers.accept ?? '').includes('text/html');
  return request.method === 'GET' && wantsPage && !notScreens.test(request.url);
}
