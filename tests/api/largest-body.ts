import { type Operation, type OperationId, operations } from '@openbeian/contract';
import { createOpenApiDocument } from '@openbeian/contract/openapi';

/** As much of JSON Schema as the OpenAPI document uses for requests. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
}

interface RequestPart {
  readonly name: string;
  readonly in: string;
  readonly schema: Schema;
}

/** An operation of the document, and what a request of it is made of. */
export interface DocumentedRequest {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly description: string;
  readonly parameters: readonly RequestPart[];
  /** Null: it takes no body. */
  readonly body: Schema | null;
}

interface Described {
  readonly operationId: string;
  readonly description?: string;
  readonly parameters?: readonly RequestPart[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

// As a client reads it; what is used of it is in the types above.
const document = JSON.parse(JSON.stringify(createOpenApiDocument())) as Document;

/** Every operation of the OpenAPI document, but the document itself. */
export function documentedRequests(): DocumentedRequest[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { operationId }]) => operationId !== 'getOpenApi')
      .map(([method, { operationId: id, description = '', parameters = [], requestBody }]) => {
        const body = requestBody?.content['application/json']?.schema ?? null;
        return { id, method: method.toUpperCase(), path, description, parameters, body };
      }),
  );
}

/** Null: a signed message to a hook, which is no operation of the contract; anybody can send one. */
export const operationOf = (id: string): Operation | null => operations[id as OperationId] ?? null;

/** The schema itself, where it is a reference the one that is referred to. */
export function schemaOf(schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  const named = document.components.schemas[schema.$ref.split('/').at(-1) ?? ''];
  if (named === undefined) throw new Error(`${schema.$ref} is not in the document`);
  return schemaOf(named);
}

/** The largest value of a shape, Chinese throughout: three bytes a character. Lists without a bound get ten items. */
export function largest(given: Schema): unknown {
  const schema = schemaOf(given);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.map(largest).sort((a, b) => sizeOf(b) - sizeOf(a))[0];
  if (schema.enum) return [...schema.enum].sort((a, b) => String(b).length - String(a).length)[0];
  if (schema.properties) {
    return Object.fromEntries(Object.entries(schema.properties).map(([key, one]) => [key, largest(one)]));
  }
  if (schema.items) return Array.from({ length: schema.maxItems ?? 10 }, () => largest(schema.items ?? {}));
  if (schema.type === 'string') return (schema.pattern ? 'x' : '备').repeat(schema.maxLength ?? 10);
  return schema.type === 'integer' ? Number.MIN_SAFE_INTEGER : (schema.const ?? null);
}

export const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
