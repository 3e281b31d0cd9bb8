import type { BothTexts } from '../../language/words.ts';

/** A JSON Schema as the OpenAPI document has it, as far as this page reads it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly format?: string;
  readonly minimum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly additionalProperties?: Schema | boolean;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema?: Schema;
}

interface Content {
  readonly schema?: Schema;
  readonly example?: unknown;
}

interface Described {
  readonly operationId: string;
  readonly tags?: readonly string[];
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Content>> };
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content?: Readonly<Record<string, Content>> }>
  >;
  readonly 'x-openbeian'?: {
    readonly summary: BothTexts;
    readonly roles: readonly string[] | string;
    readonly right: string | null;
    readonly scope: string | null;
    readonly exampleQuery: Readonly<Record<string, string | number>> | null;
  };
}

/** What this page reads of the document. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

interface ApiFault {
  readonly status: string;
  readonly code: string;
  readonly text: string;
}

export interface ApiOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly group: string;
  readonly summary: BothTexts;
  readonly roles: readonly string[] | string;
  readonly right: string | null;
  readonly scope: string | null;
  readonly parameters: readonly Parameter[];
  readonly isCommand: boolean;
  /** Null: there is none. `bytes`: as they are. */
  readonly body: Schema | 'bytes' | null;
  readonly answer: Schema | 'bytes' | null;
  readonly faults: readonly ApiFault[];
  /** From the document, and tried; or made up of the schema. */
  readonly example: {
    readonly query: Readonly<Record<string, unknown>>;
    readonly body: unknown;
    readonly isTried: boolean;
  };
}

const json = 'application/json';

/** The operations of the document in its order; what has no word of ours is left out. */
export function operationsOf(document: ApiDocument): ApiOperation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, described]) => {
      const extension = described['x-openbeian'];
      return extension === undefined ? [] : [operationOf(document, { path, method, described, extension })];
    }),
  );
}

interface Found {
  readonly path: string;
  readonly method: string;
  readonly described: Described;
  readonly extension: NonNullable<Described['x-openbeian']>;
}

function operationOf(document: ApiDocument, { path, method, described, extension }: Found): ApiOperation {
  const { operationId: id, tags = [], parameters = [], requestBody, responses } = described;
  const { summary, roles, right, scope, exampleQuery } = extension;
  const given = requestBody?.content[json];
  const body = requestBody === undefined ? null : (given?.schema ?? 'bytes');
  const isTried = exampleQuery !== null || given?.example !== undefined;
  return {
    id,
    method: method.toUpperCase(),
    path,
    group: tags[0] ?? '',
    summary,
    roles,
    right,
    scope,
    parameters: parameters.filter((parameter) => parameter.in !== 'header'),
    isCommand: parameters.some((parameter) => parameter.in === 'header'),
    body,
    answer: responses['200']?.content?.[json]?.schema ?? 'bytes',
    faults: faultsOf(responses),
    example: {
      query: exampleQuery ?? requiredOf(document, parameters),
      body: body === null || body === 'bytes' ? null : (given?.example ?? sampleOf(document, body)),
      isTried,
    },
  };
}

/** Each is a line of its status: the code, then its text in both languages. */
const faultLine = /^- `([\w.]+)`(?: \(\d+\))?: (.*)$/;

function faultsOf(responses: Described['responses']): ApiFault[] {
  return Object.entries(responses).flatMap(([status, { description }]) =>
    description.split('\n').flatMap((line) => {
      const [, code, text] = faultLine.exec(line) ?? [];
      return code === undefined || text === undefined ? [] : [{ status, code, text }];
    }),
  );
}

function requiredOf(document: ApiDocument, parameters: readonly Parameter[]): Record<string, unknown> {
  const needed = parameters.filter((parameter) => parameter.in === 'query' && parameter.required === true);
  return Object.fromEntries(needed.map(({ name, schema = {} }) => [name, sampleOf(document, schema)]));
}

function resolved(document: ApiDocument, schema: Schema): Schema {
  const { $ref, ...own } = schema;
  const name = $ref?.split('/').at(-1);
  return name === undefined ? own : { ...document.components.schemas[name], ...own };
}

/** Deeper than any body is. */
const deepest = 8;

/** A value that the schema allows, with what it must have alone. */
function sampleOf(document: ApiDocument, given: Schema, depth = 0): unknown {
  const schema = resolved(document, given);
  if (depth > deepest) return null;
  if (schema.const !== undefined) return schema.const;
  if (schema.default !== undefined) return schema.default;
  if (schema.enum !== undefined) return schema.enum[0];
  const [way] = schema.anyOf ?? schema.oneOf ?? schema.allOf ?? [];
  if (way !== undefined) return sampleOf(document, way, depth + 1);
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0];
  if (type === 'object') {
    const required = (schema.required ?? []).map((name) => [name, schema.properties?.[name] ?? {}] as const);
    return Object.fromEntries(required.map(([name, one]) => [name, sampleOf(document, one, depth + 1)]));
  }
  if (type === 'array') return schema.items === undefined ? [] : [sampleOf(document, schema.items, depth + 1)];
  if (type === 'integer' || type === 'number') return schema.minimum ?? 1;
  if (type === 'boolean') return true;
  return type === 'null' ? null : '…';
}

/** What the schema is, in a word: `string`, `Filing[]`, `string | null`. */
export function typeOf(schema: Schema): string {
  if (schema.$ref !== undefined) return schema.$ref.split('/').at(-1) ?? '';
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((one) => JSON.stringify(one)).join(' | ');
  const ways = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (ways !== undefined) return [...new Set(ways.map(typeOf))].join(' | ');
  if (schema.type === 'array') return `${typeOf(schema.items ?? {})}[]`;
  return typeof schema.type === 'string' ? schema.type : (schema.type?.join(' | ') ?? 'any');
}

export interface Field {
  /** With the names of what it is in. */
  readonly name: string;
  readonly type: string;
  readonly isRequired: boolean;
  readonly description: string;
}

/** The fields of a body or an answer, with those of the objects in it, two deep. */
export function fieldsOf(document: ApiDocument, given: Schema, within = '', depth = 0): Field[] {
  const schema = inside(document, given);
  const fields = Object.entries(schema.properties ?? {});
  return fields.flatMap(([name, one]) => {
    const path = within === '' ? name : `${within}.${name}`;
    const { description = '' } = resolved(document, one);
    const isRequired = schema.required?.includes(name) ?? false;
    const own = { name: path, type: typeOf(one), isRequired, description };
    const isList = resolved(document, one).items !== undefined;
    const below = depth < 2 ? fieldsOf(document, one, isList ? `${path}[]` : path, depth + 1) : [];
    return [own, ...below];
  });
}

/** Of a list its items, of what may be null what it is otherwise. */
function inside(document: ApiDocument, given: Schema): Schema {
  const schema = resolved(document, given);
  if (schema.items !== undefined) return resolved(document, schema.items);
  const objects = (schema.anyOf ?? schema.oneOf ?? []).map((way) => resolved(document, way));
  return objects.find(({ properties }) => properties !== undefined) ?? schema;
}
