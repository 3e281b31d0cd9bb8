import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import luaparse, { type Chunk, type Identifier } from 'luaparse';

/** What Lua 5.1 and LuaJIT bring, and what the proxies that run our files put beside it. */
const known = new Set([
  'assert',
  'error',
  'ipairs',
  'next',
  'pairs',
  'pcall',
  'print',
  'require',
  'select',
  'setmetatable',
  'getmetatable',
  'tonumber',
  'tostring',
  'type',
  'unpack',
  'xpcall',
  'rawget',
  'rawset',
  'rawequal',
  'bit',
  'coroutine',
  'io',
  'jit',
  'math',
  'os',
  'string',
  'table',
  'ngx',
  'core',
]);

/**
 * Lua files that do not parse, or that read or set a global which is not known: a name mistyped, or a `local` forgotten,
 * which all requests of a proxy would then share.
 */
export function findBadLua(root: string, files: readonly string[]): string[] {
  return files
    .filter((file) => file.endsWith('.lua'))
    .flatMap((file) => evaluate(file, readFileSync(join(root, file), 'utf8')));
}

function evaluate(file: string, text: string): string[] {
  const found = text.split('\n').flatMap((line, index) => {
    if (line.length > 160) return [`${file}:${index + 1}: ${line.length} characters; lines have at most 160`];
    return /\t|\s$/.test(line) ? [`${file}:${index + 1}: a tab, or blanks at the end of the line`] : [];
  });
  try {
    // `scope` adds `globals`: one entry for each name that no `local` declares.
    const tree = luaparse.parse(text, { luaVersion: 'LuaJIT', scope: true, locations: true }) as Chunk & {
      readonly globals: readonly Identifier[];
    };
    const unknown = tree.globals.filter(({ name }) => !known.has(name));
    return [
      ...found,
      ...unknown.map(
        ({ name, loc }) =>
          `${file}:${loc?.start.line ?? 1}: "${name}" is a global that nobody defines; is a \`local\` missing?`,
      ),
    ];
  } catch (error) {
    return [...found, `${file}: ${error instanceof Error ? error.message : String(error)}`];
  }
}
