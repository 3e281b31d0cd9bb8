import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasSqlDetails, loadModule, parsePlPgSQLSync, parseSync } from 'libpg-query';
import { lineOf, nameOf } from './sources.ts';
import type { Violation } from './violation.ts';

/**
 * SQL files that PostgreSQL's own parser refuses, functions in PL/pgSQL included, and what the house keeps out of them:
 * SQL that is put together at run time (`EXECUTE` in a function), which neither a reader nor this check can follow; lines of
 * more than 140 characters; tabs and blanks at the end of a line; a last statement without its semicolon.
 */
export async function findBadSql(root: string, files: readonly string[]): Promise<Violation[]> {
  await loadModule();
  return files
    .filter((file) => file.endsWith('.sql'))
    .flatMap((file) => evaluate(file, readFileSync(join(root, file), 'utf8')));
}

function evaluate(file: string, text: string): Violation[] {
  const found = text.split('\n').flatMap((line, index) => {
    const problem =
      line.length > 140
        ? `${line.length} characters; lines have at most 140`
        : /\t/.test(line)
          ? 'a tab; indent with blanks'
          : /\s$/.test(line)
            ? 'blanks at the end of the line'
            : null;
    return problem === null ? [] : [violation(file, index + 1, problem)];
  });
  try {
    const { stmts = [] } = parseSync(text);
    const bytes = Buffer.from(text);
    for (const { stmt, stmt_location: start = 0, stmt_len: length } of stmts) {
      if (length === undefined)
        found.push(violation(file, lineOf(text, text.trimEnd().length), 'the last statement has no semicolon'));
      if (stmt === undefined || !('CreateFunctionStmt' in stmt) || isFormer(file)) continue;
      const source = bytes.subarray(start, start + (length ?? bytes.length)).toString();
      if (!/\bplpgsql\b/i.test(source) || !JSON.stringify(parsePlPgSQLSync(source)).includes('PLpgSQL_stmt_dynexecute'))
        continue;
      const line =
        bytes.subarray(0, start).toString().split('\n').length + (/^\s*/.exec(source)?.[0].split('\n').length ?? 1) - 1;
      found.push(
        violation(file, line, 'a function executes SQL that it puts together at run time; write the statement out'),
      );
    }
  } catch (error) {
    const at = hasSqlDetails(error) ? lineOf(text, error.sqlDetails?.cursorPosition ?? 0) : 1;
    found.push(
      violation(file, at, `PostgreSQL cannot parse it: ${error instanceof Error ? error.message : String(error)}`),
    );
  }
  return found;
}

/** Old databases hold the checksums of these, so that they can no longer change; what came after them writes it out. */
function isFormer(file: string): boolean {
  return file.startsWith('packages/server/src/store/migrations/former/');
}

function violation(file: string, line: number, problem: string): Violation {
  return { what: `${nameOf(file)}: ${problem}`, message: `${file}:${line}: ${problem}` };
}
