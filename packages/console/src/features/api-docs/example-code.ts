import type { ApiOperation } from './document.ts';

/** What an example needs of an operation. */
export type Called = Pick<ApiOperation, 'method' | 'path' | 'isCommand' | 'body' | 'example'>;

/** `filingId` → `FILING_ID`. */
const variableOf = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

const pathVariables = (path: string): string[] => [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

/** What is not known beforehand: ids in the address, and the version that the last answer named. */
function variablesOf({ path, example }: Called): string[] {
  return [...pathVariables(path), ...(namesVersion(example.body) ? ['version'] : [])];
}

/** What an example reads from its environment. */
export function environmentOf(called: Called): string[] {
  const { isCommand, body } = called;
  const own = [...variablesOf(called).map(variableOf), ...(isCommand ? ['IDEMPOTENCY_KEY'] : [])];
  return ['OPENBEIAN_URL', 'OPENBEIAN_API_KEY', ...own, ...(body === 'bytes' ? ['FILE'] : [])];
}

const namesVersion = (body: unknown): body is { readonly version: unknown } =>
  typeof body === 'object' && body !== null && 'version' in body;

const queryOf = ({ example }: Called): string => {
  const query = new URLSearchParams(Object.entries(example.query).map(([name, value]) => [name, String(value)]));
  return query.size === 0 ? '' : `?${query}`;
};

/** In a shell, with what is asked for in variables of the environment. */
export function curlOf(called: Called): string {
  const { method, path, isCommand, body, example } = called;
  const address = path.replace(/\{(\w+)\}/g, (_, name: string) => `$${variableOf(name)}`);
  const lines = [
    `curl -sS -X ${method} "$OPENBEIAN_URL${address}${queryOf(called)}"`,
    '-H "Authorization: Bearer $OPENBEIAN_API_KEY"',
    ...(isCommand ? ['-H "Idempotency-Key: $IDEMPOTENCY_KEY"'] : []),
  ];
  if (body === null) return lines.join(' \\\n  ');
  if (body === 'bytes') {
    lines.push('-H "Content-Type: application/octet-stream"', '--data-binary "@$FILE"');
    return lines.join(' \\\n  ');
  }
  lines.push('-H "Content-Type: application/json"', '-d @- <<JSON');
  return `${lines.join(' \\\n  ')}\n${shellText(example.body)}\nJSON`;
}

/** JSON in a here-document, in which only the version is a variable. */
function shellText(body: unknown): string {
  const text = JSON.stringify(body, null, 2).replace(/[\\$`]/g, (sign) => `\\${sign}`);
  return namesVersion(body) ? text.replace(/^ {2}"version": [^,\n]+/m, '  "version": $VERSION') : text;
}

/** In TypeScript, with nothing but `fetch`. */
export function fetchOf(called: Called): string {
  const { method, path, isCommand, body } = called;
  const variables = variablesOf(called);
  const address = path.replace(/\{(\w+)\}/g, (_, name: string) => `\${${name}}`);
  return [
    ...(body === 'bytes' ? ["import { readFile } from 'node:fs/promises';", ''] : []),
    'const { env } = process;',
    ...variables.map((name) =>
      name === 'version' ? 'const version = Number(env.VERSION);' : `const ${name} = env.${variableOf(name)};`,
    ),
    `const answer = await fetch(\`\${env.OPENBEIAN_URL}${address}${queryOf(called)}\`, {`,
    `  method: '${method}',`,
    '  headers: {',
    '    authorization: `Bearer ${env.OPENBEIAN_API_KEY}`,',
    ...(isCommand ? ["    'idempotency-key': env.IDEMPOTENCY_KEY ?? crypto.randomUUID(),"] : []),
    ...(body === null
      ? []
      : [`    'content-type': '${body === 'bytes' ? 'application/octet-stream' : 'application/json'}',`]),
    '  },',
    ...bodyLines(called),
    '});',
    'if (!answer.ok) throw new Error(await answer.text());',
    'console.log(JSON.stringify(await answer.json(), null, 2));',
  ].join('\n');
}

function bodyLines({ body, example }: Called): string[] {
  if (body === null) return [];
  if (body === 'bytes') return ["  body: await readFile(env.FILE ?? ''),"];
  const text = JSON.stringify(example.body, null, 2).replaceAll('\n', '\n  ');
  const named = namesVersion(example.body) ? text.replace(/^ {4}"version": [^,\n]+/m, '    version') : text;
  return [`  body: JSON.stringify(${named}),`];
}
