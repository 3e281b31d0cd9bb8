import { describe, expect, it } from 'vitest';
import { createOpenApiDocument } from './openapi.ts';
import { ordinaryBodyKiB } from './operation.ts';
import { allOperations } from './operations/index.ts';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
}

const document = JSON.parse(JSON.stringify(createOpenApiDocument()));

/** The largest value of a shape, Chinese throughout: three bytes a character. Lists without a bound get ten items. */
function largest(schema: Schema): unknown {
  if (schema.$ref) return largest(document.components.schemas[schema.$ref.split('/').at(-1) ?? '']);
  if (schema.anyOf) return schema.anyOf.map(largest).sort((a, b) => sizeOf(b) - sizeOf(a))[0];
  if (schema.enum) return [...schema.enum].sort((a, b) => String(b).length - String(a).length)[0];
  if (schema.properties) {
    return Object.fromEntries(Object.entries(schema.properties).map(([key, one]) => [key, largest(one)]));
  }
  if (schema.items) return Array.from({ length: schema.maxItems ?? 10 }, () => largest(schema.items ?? {}));
  if (schema.type === 'string') return (schema.pattern ? 'x' : '备').repeat(schema.maxLength ?? 10);
  return schema.type === 'integer' ? Number.MIN_SAFE_INTEGER : null;
}
const sizeOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

const withBody = allOperations.filter(({ method }) => method === 'POST' || method === 'PUT');

describe('the limit of a body', () => {
  it.each(withBody)('of $id has room for the largest input that its shape takes', ({ id, path, method, bodyKiB }) => {
    const { requestBody } = document.paths[path][method.toLowerCase()];
    expect(requestBody.description, id).toContain(
      bodyKiB === 'inventory' ? 'http.bodyLimitBytes' : `${bodyKiB ?? ordinaryBodyKiB} KiB`,
    );
    if (bodyKiB === 'inventory') return;
    const body = largest(requestBody.content['application/json'].schema);
    expect(sizeOf(body)).toBeLessThanOrEqual((bodyKiB ?? ordinaryBodyKiB) * 1024);
  });

  it('is kilobytes for all but inventories', () => {
    const unbounded = withBody.filter(({ bodyKiB }) => bodyKiB === 'inventory').map(({ id }) => id);
    expect(unbounded).toEqual(['putInventory']);
    for (const { id, bodyKiB } of withBody) {
      if (typeof bodyKiB === 'number') expect(bodyKiB, id).toBeLessThanOrEqual(256);
    }
  });
});
