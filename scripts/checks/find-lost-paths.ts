import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import type { Source } from './sources.ts';
import { lineOf } from './sources.ts';

/**
 * Paths of this repository that comments and Markdown name and that do not exist: the reader who follows them finds nothing.
 *
 * Looked at: the target of every relative link in Markdown, and every word in a code span of Markdown or anywhere in a comment that
 * starts with a folder of the root (`packages/…`, `scripts/…`) or with `src/` inside a package, and every `<name>.ts` in
 * either, with a folder before it or bare: a bare one must be the name of some file. `*`, `<…>` and `…` make a word a pattern,
 * which is not looked up.
 */
export function findLostPaths(root: string, files: readonly string[], sources: readonly Source[]): string[] {
  const tree = treeOf(files);
  const inMarkdown = files
    .filter((file) => file.endsWith('.md') && !file.startsWith('CHANGELOG'))
    .flatMap((file) => {
      const text = readFileSync(join(root, file), 'utf8');
      return [...linksOf(text), ...spansOf(text)].flatMap(({ path, offset, relative }) =>
        (relative ? existsBeside(root, tree, file, path) : exists(root, tree, file, path))
          ? []
          : [`${file}:${lineOf(text, offset)}: ${path} does not exist; name what took its place`],
      );
    });
  const inComments = sources.flatMap(({ path: file, text, comments }) =>
    comments.flatMap(({ value, start }) =>
      [...pathsIn(value)].flatMap(({ path, offset }) =>
        exists(root, tree, file, path)
          ? []
          : [`${file}:${lineOf(text, start + 2 + offset)}: ${path} does not exist; name what took its place`],
      ),
    ),
  );
  return [...inMarkdown, ...inComments];
}

interface Named {
  readonly path: string;
  readonly offset: number;
  /** A link: relative to the file. Otherwise it may also be from the root or from the package. */
  readonly relative: boolean;
}

function linksOf(text: string): Named[] {
  return [...withoutFences(text).matchAll(/\]\(([^)\s]+)\)|^\[[^\]]+\]:\s+(\S+)/gm)].flatMap((match) => {
    const target = match[1] ?? match[2] ?? '';
    if (/^([a-z]+:|#|\/)/i.test(target)) return [];
    return [{ path: target.replace(/#.*$/, ''), offset: match.index, relative: true }];
  });
}

function spansOf(text: string): Named[] {
  return [...withoutFences(text).matchAll(/`([^`\n]+)`/g)].flatMap((match) => {
    const span = match[1] ?? '';
    const named = roomPath.test(span) ? [span] : pathsIn(span).map(({ path }) => path);
    return named.map((path) => ({ path, offset: match.index, relative: false }));
  });
}

/** Code blocks show output and other machines' files; their length is kept so that lines stay right. */
function withoutFences(text: string): string {
  return text.replace(/^```[\s\S]*?^```/gm, (block) => block.replace(/[^\n]/g, ' '));
}

/** A room's folder or file without its ending: `work/worker`. */
const roomPath =
  /^(model|contract|server|console|cli|store|flows|http|work|main|ports|secrets|auth|outbound)(\/[\w-]+)+$/;

const folders = 'packages|scripts|docs|tests|bench|policies|examples';

function pathsIn(text: string): { path: string; offset: number }[] {
  const pattern = new RegExp(
    `(?<![\\w./@:<>…}*-])(?:(?:\\.\\.?/)*(?:${folders}|src|testing)/[\\w./*-]*|[\\w-]+(?:/[\\w.-]+)+\\.(?:tsx?|sql|css|lua|ya?ml|md)|[\\w-]+(?:\\.[\\w-]+)*\\.(?:tsx?|mjs|sql|css|lua))(?![\\w<{$…>])`,
    'g',
  );
  return [...text.matchAll(pattern)].flatMap((match) => {
    const path = match[0].replace(/[.,:]+$/, '').replace(/\/$/, '');
    const next = text[match.index + match[0].length] ?? '';
    if (path.includes('*') || path.includes('..') || /[<{$…]/.test(next) || !/[/.]/.test(path)) return [];
    return [{ path, offset: match.index }];
  });
}

function treeOf(files: readonly string[]): ReadonlySet<string> {
  const tree = new Set<string>(files);
  for (const file of files) {
    for (let folder = dirname(file); folder !== '.' && !tree.has(folder); folder = dirname(folder)) tree.add(folder);
  }
  return tree;
}

/** A link: from the file's folder. */
function existsBeside(root: string, tree: ReadonlySet<string>, file: string, path: string): boolean {
  const beside = normalize(join(dirname(file), path));
  return path === '' || tree.has(beside.replace(/\/$/, '')) || isThere(join(root, beside));
}

function exists(root: string, tree: ReadonlySet<string>, file: string, path: string): boolean {
  // From the root, from the file's folder or any folder above it: as its own room says it.
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const candidates = folder === '.' ? [path] : [`${folder}/${path}`, `${folder}/src/${path}`];
    if (candidates.some((each) => ['', '.ts', '.tsx'].some((kind) => tree.has(each + kind)))) return true;
    if (folder === '.') break;
  }
  // Said for short: `model/fault` for packages/model/src/fault, `snapshot/name-table.ts` for the only one there is.
  const [first = '', ...rest] = path.split('/');
  const short = [`packages/${first}/src/${rest.join('/')}`, `packages/${first}/${rest.join('/')}`];
  if (short.some((each) => tree.has(each) || tree.has(`${each}.ts`))) return true;
  return (
    [...tree].some((each) => each.endsWith(`/${path}`) || each.endsWith(`/${path}.ts`)) || isThere(join(root, path))
  );
}

function isThere(path: string): boolean {
  return existsSync(path) && (statSync(path).isFile() || statSync(path).isDirectory());
}
