import { ordinaryBodyKiB } from '@openbeian/contract';
import { Fault } from '@openbeian/model/fault';
import { refuseJson } from '@openbeian/model/json';
import type { FastifyInstance } from 'fastify';

/** Largest body of an operation, in bytes. */
export function bodyLimitOf(bodyKiB: number | 'inventory' = ordinaryBodyKiB, inventoryBytes: number): number {
  return bodyKiB === 'inventory' ? inventoryBytes : bodyKiB * 1024;
}

/**
 * JSON is the only thing we take, but for operations whose body is bytes; an empty body counts as `{}` and is left to the operation's schema. A route that reads its
 * body apart gets the bytes as they came.
 */
export function readOnlyJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    const { readsBodyApart, takesBytes } = request.routeOptions.config;
    if (takesBytes === true) return done(new Fault('request.wrong_content_type'));
    if (readsBodyApart === true) return done(null, bytes);
    const json = bytes.toString('utf8');
    if (json === '') return done(null, undefined);
    const fault = refuseJson(json, request.routeOptions.bodyLimit ?? ordinaryBodyKiB * 1024);
    if (fault !== null) return done(fault);
    void parse(request, json, done);
  });
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (request, bytes, done) =>
    // Where JSON is asked for, bytes are as wrong as any other type.
    request.routeOptions.config.takesBytes === true ? done(null, bytes) : done(new Fault('request.wrong_content_type')),
  );
}

declare module 'fastify' {
  interface FastifyContextConfig {
    readonly readsBodyApart?: boolean;
    /** The body is bytes, not JSON. */
    readonly takesBytes?: boolean;
  }
}
