import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { nameOf } from './sources.ts';
import type { Violation } from './violation.ts';

/** Lines that a file may have, by its kind. YAML is data, one provider or one document to a file, so it may have more. */
const limits: Readonly<Record<string, number>> = {
  ...Object.fromEntries(['.ts', '.tsx', '.js', '.jsx', '.mjs', '.mts'].map((kind) => [kind, 400])),
  '.sql': 400,
  '.css': 400,
  '.lua': 400,
  '.md': 400,
  '.yaml': 600,
  '.yml': 600,
};

/** Files with a limit of their own, each with the reason. */
const ownLimits: Readonly<Record<string, number>> = {
  // Dumped from PostgreSQL's catalog by scripts/dump-schema.ts; nobody writes it, and a test compares it.
  'packages/server/src/store/schema.sql': Number.POSITIVE_INFINITY,
  // The whole schema of a new database in one transaction, noun by noun; a table's truth is in one place (ADR 22).
  'packages/server/src/store/migrations/0001-schema.sql': 1200,
};

/** A file of more lines than its kind may have is two files. What a tool writes is exempt (`*.generated.*`). */
export function findLongFiles(root: string, files: readonly string[]): Violation[] {
  return files
    .filter((file) => limits[extname(file)] !== undefined && !/\.generated\./.test(file))
    .flatMap((file) => {
      const limit = ownLimits[file] ?? limits[extname(file)] ?? 0;
      const lines = readFileSync(join(root, file), 'utf8').trimEnd().split('\n').length;
      if (lines <= limit) return [];
      return [
        {
          what: `${nameOf(file)} is long`,
          message: `${file}: ${lines} lines; more than ${limit} lines are two files`,
        },
      ];
    });
}
