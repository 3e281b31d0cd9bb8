import { describe, expect, it } from 'vitest';
import { documentedRequests, largest, sizeOf } from '../../../tests/api/largest-body.ts';
import { createOpenApiDocument } from './openapi.ts';
import { ordinaryBodyKiB } from './operation.ts';
import { allOperations } from './operations/index.ts';

const document = JSON.parse(JSON.stringify(createOpenApiDocument()));
const bodyOf = new Map(documentedRequests().map(({ id, body }) => [id, body]));

const withBody = allOperations.filter(({ method }) => method === 'POST' || method === 'PUT');

describe('the limit of a body', () => {
  it.each(withBody)('of $id has room for the largest input that its shape takes', ({ id, path, method, bodyKiB }) => {
    const { requestBody } = document.paths[path][method.toLowerCase()];
    expect(requestBody.description, id).toContain(
      bodyKiB === 'inventory' ? 'http.bodyLimitBytes' : `${bodyKiB ?? ordinaryBodyKiB} KiB`,
    );
    if (bodyKiB === 'inventory') return;
    const body = largest(bodyOf.get(id) ?? {});
    expect(sizeOf(body)).toBeLessThanOrEqual((bodyKiB ?? ordinaryBodyKiB) * 1024);
  });

  it('is kilobytes for all but inventories', () => {
    const unbounded = withBody.filter(({ bodyKiB }) => bodyKiB === 'inventory').map(({ id }) => id);
    expect(unbounded).toEqual(['putInventory', 'compareInventory']);
    for (const { id, bodyKiB } of withBody) {
      if (typeof bodyKiB === 'number') expect(bodyKiB, id).toBeLessThanOrEqual(256);
    }
  });
});
