import { ordinaryBodyKiB } from '@openbeian/contract';
import type { FastifyInstance } from 'fastify';
import { refuseJson } from './refuse-json.ts';

/** Largest body of an operation, in bytes. */
export function bodyLimitOf(bodyKiB: number | 'inventory' = ordinaryBodyKiB, inventoryBytes: number): number {
  return bodyKiB === 'inventory' ? inventoryBytes : bodyKiB * 1024;
}

/** JSON is the only thing we take; an empty body counts as `{}` and is left to the operation's schema. */
export function readOnlyJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text, done) => {
    const json = String(text);
    if (json === '') return done(null, undefined);
    const fault = refuseJson(json, request.routeOptions.bodyLimit ?? ordinaryBodyKiB * 1024);
    if (fault !== null) return done(fault);
    void parse(request, json, done);
  });
}
