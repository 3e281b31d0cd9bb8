import { faultCodes } from '@openbeian/model/fault';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { createOpenApiDocument } from './openapi.ts';
import type { Operation } from './operation.ts';
import { operations } from './operations/index.ts';
import { webhookEventTypes } from './shapes.ts';

const document = JSON.parse(JSON.stringify(createOpenApiDocument()));
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
}
const all = Object.values(operations as Record<string, Operation>);

function* refsIn(node: unknown): Generator<string> {
  if (typeof node !== 'object' || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    if (key === '$ref' && typeof value === 'string') yield value;
    else yield* refsIn(value);
  }
}

describe('the OpenAPI document', () => {
  it('is valid by the OpenAPI 3.1 schema', async () => {
    const result = await new Validator().validate(structuredClone(document));
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
  });

  it('resolves every reference inside itself, and has no component that nothing names', () => {
    const refs = new Set(refsIn(document));
    for (const ref of refs) {
      const found = ref
        .replace(/^#\//, '')
        .split('/')
        .reduce((node, key) => node?.[key], document);
      expect(found, ref).toBeDefined();
    }
    const offered = ['Reason', 'Finding']; // named in the description of Problem's lists
    for (const name of Object.keys(document.components.schemas)) {
      expect(refs.has(`#/components/schemas/${name}`) || offered.includes(name), name).toBe(true);
    }
  });

  it.each(all)('describes $id: parameters, header, body, answer, and all of its faults', (operation) => {
    const described = document.paths[operation.path]?.[operation.method.toLowerCase()];
    expect(described?.operationId).toBe(operation.id);
    const inPath = described.parameters?.filter((parameter: { in: string }) => parameter.in === 'path') ?? [];
    const wanted = [...operation.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    expect(inPath.map((parameter: { name: string }) => parameter.name)).toEqual(wanted);
    const headers = described.parameters?.filter((parameter: { in: string }) => parameter.in === 'header') ?? [];
    expect(headers.map((header: { name: string; required: boolean }) => [header.name, header.required])).toEqual(
      operation.command ? [['Idempotency-Key', true]] : [],
    );
    expect(described.requestBody !== undefined).toBe(['POST', 'PUT'].includes(operation.method));
    const answerType = operation.bytes === 'answer' ? 'image/jpeg' : 'application/json';
    expect(described.responses[200].content[answerType].schema).toBeDefined();
    const bodyType = operation.bytes === 'body' ? 'application/octet-stream' : 'application/json';
    if (described.requestBody) expect(Object.keys(described.requestBody.content)).toEqual([bodyType]);
    const told = Object.entries(described.responses)
      .filter(([status]) => status !== '200')
      .map(([, response]) => JSON.stringify(response))
      .join('');
    for (const code of operation.faults) expect(told).toContain(`\`${code}\``);
    const byKey = operation.scope ? [{ apiKey: [] }] : [];
    expect(described.security).toEqual(
      operation.roles === 'public'
        ? []
        : [{ [typeof operation.roles === 'string' ? operation.roles : 'session']: [] }, ...byKey],
    );
  });

  it('has what comes from the verification service as a signed request, and as webhooks what is sent to receivers', () => {
    const { post } = document.paths['/hooks/verification-results'];
    const { post: event } = document.webhooks.event;
    const signed = ['webhook-id', 'webhook-timestamp', 'webhook-signature'];
    for (const { parameters, security } of [post, event]) {
      expect(parameters.map(({ name, in: place, required }: Parameter) => [name, place, required])).toEqual(
        signed.map((name) => [name, 'header', true]),
      );
      expect(security).toEqual([]);
    }
    expect(Object.keys(post.responses)).toEqual(['200', '401', '404', '413', '415', '500', '503']);
    const { enum: types } = document.components.schemas.WebhookEvent.properties.type;
    expect(types).toEqual([...webhookEventTypes, 'WebhookTest']);
  });

  it('has no two operations of one name or one method and path', () => {
    const places = all.map((operation) => `${operation.method} ${operation.path}`);
    expect(new Set(places).size).toBe(all.length);
    for (const [name, operation] of Object.entries(operations)) expect(operation.id).toBe(name);
  });

  it('leaves answers open for fields to come, and refuses unknown ones in what is sent', () => {
    const { post } = document.paths['/api/v1/resources/{resourceId}/codes'];
    expect(post.responses[200].content['application/json'].schema.additionalProperties).toBeUndefined();
    expect(document.components.schemas.FilingCode.additionalProperties).toBeUndefined();
    expect(post.requestBody.content['application/json'].schema.additionalProperties).toBe(false);
  });

  it('closes the catalogue of codes', () => {
    expect(document.components.schemas.FaultCode.enum).toEqual(faultCodes);
  });

  it('lets only commands of signed-in people change things', () => {
    for (const operation of all.filter((candidate) => candidate.command)) {
      expect(operation.method, operation.id).not.toBe('GET');
      expect(Array.isArray(operation.roles), operation.id).toBe(true);
    }
  });
});
