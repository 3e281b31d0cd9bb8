import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Comment, type EcmaScriptModule, type Program, parseSync } from 'oxc-parser';

/** A JavaScript or TypeScript file, parsed. */
export interface Source {
  /** From the root, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly program: Program;
  readonly module: EcmaScriptModule;
  readonly comments: readonly Comment[];
  /** `*.test.ts`, `*.bench.ts`: run by the tests only. */
  readonly isTest: boolean;
  /** Tests, and everything that exists for them alone: `testing/` folders, `tests/`, `bench/`. */
  readonly isForTests: boolean;
}

export interface Sources {
  readonly all: readonly Source[];
  readonly byPath: ReadonlyMap<string, Source>;
  /** `file: cannot be parsed: why`, one for each that cannot. */
  readonly broken: readonly string[];
}

/**
 * Reads and parses every source file once, for all checks.
 * @param files paths from the root; others than JavaScript and TypeScript are passed over
 */
export function readSources(root: string, files: readonly string[]): Sources {
  const all: Source[] = [];
  const broken: string[] = [];
  for (const path of files) {
    if (!isSource(path)) continue;
    const text = readFileSync(join(root, path), 'utf8');
    const { program, module, comments, errors } = parseSync(path, text);
    if (errors[0]) {
      broken.push(`${path}: cannot be parsed: ${errors[0].message}`);
      continue;
    }
    const isTest = /\.(test|bench)\.[jt]sx?$/.test(path);
    const isForTests = isTest || /(^|\/)testing(\/|\.ts$)/.test(path) || /^(tests|bench)\//.test(path);
    all.push({ path, text, program, module, comments, isTest, isForTests });
  }
  return { all, byPath: new Map(all.map((source) => [source.path, source])), broken };
}

function isSource(path: string): boolean {
  return /\.(m?[jt]s|[jt]sx)$/.test(path) && !/\.generated\./.test(path);
}

/** `file:line` of an offset, for a message. */
export function placeOf({ path, text }: Pick<Source, 'path' | 'text'>, offset: number): string {
  return `${path}:${lineOf(text, offset)}`;
}

/** Counted from 1. */
export function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

/** The file's own name, by which `what` of a violation calls it. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
