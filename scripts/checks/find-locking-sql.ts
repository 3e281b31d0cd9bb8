import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { loadModule, parseSync } from 'libpg-query';
import { nameOf } from './sources.ts';
import type { Violation } from './violation.ts';

const folder = 'packages/server/src/store/migrations';
/** Those before were there before this rule; the ones that hold a lock for long have their steps in `online/`. */
const firstChecked = 29;

/**
 * Statements of migrations that hold a lock on a table for as long as it has rows, or that servers of the former release do not
 * survive: a database in use is migrated while others read and write. A migration may have them where `online/` has the same in
 * steps, or where a line `-- locks: <why that is right>` comes before the statement.
 */
export async function findLockingSql(root: string, files: readonly string[]): Promise<Violation[]> {
  await loadModule();
  return files.filter(isChecked(root)).flatMap((file) => lockingIn(file, readFileSync(join(root, file), 'utf8')));
}

const isChecked =
  (root: string) =>
  (file: string): boolean => {
    if (dirname(file) === `${folder}/online`) return true;
    const number = Number(/^(\d{4})-.+\.sql$/.exec(basename(file))?.[1] ?? 0);
    return (
      dirname(file) === folder && number >= firstChecked && !existsSync(join(root, folder, 'online', basename(file)))
    );
  };

type Node = Readonly<Record<string, unknown>>;
// An object has members by name.
const asNode = (value: unknown): Node => (typeof value === 'object' && value !== null ? (value as Node) : {});
const listOf = (value: unknown): Node[] => (Array.isArray(value) ? value.map(asNode) : []);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const tableOf = (node: Node): string => textOf(asNode(node['relation'])['relname']);

/** What is wrong with the text of one migration. */
export function lockingIn(file: string, text: string): Violation[] {
  const bytes = Buffer.from(text);
  const made = new Set<string>();
  const found: Violation[] = [];
  let end = 0;
  for (const { stmt, stmt_location: start = 0, stmt_len: length } of parseSync(text).stmts ?? []) {
    // From the end of the statement before, with the comments in between.
    const source = bytes.subarray(end, start + (length ?? bytes.length)).toString();
    const begin = end;
    end = start + (length ?? bytes.length) + 1;
    const [kind = '', body] = Object.entries(asNode(stmt))[0] ?? [];
    const node = asNode(body);
    if (kind === 'CreateStmt') made.add(tableOf(node));
    const problem = made.has(tableOf(node)) ? null : problemOf(kind, node, source);
    if (problem === null || /^-- locks: .{12,}$/m.test(source)) continue;
    const before = bytes.subarray(0, begin).toString() + (/^(?:\s*(?:--.*\n)?)*/.exec(source)?.[0] ?? '');
    const message = `${problem}; write it in steps (migrations/online), or say in a line “-- locks: …” why it may`;
    found.push({ what: `${nameOf(file)}: ${problem}`, message: `${file}:${before.split('\n').length}: ${message}` });
  }
  return found;
}

function problemOf(kind: string, node: Node, source: string): string | null {
  if (kind === 'IndexStmt') return node['concurrent'] === true ? null : 'writing waits while the index is made';
  if (kind === 'UpdateStmt' || kind === 'DeleteStmt') return 'all rows are written in one transaction';
  if (kind === 'InsertStmt') return /^-- step snapshot$/m.test(source) ? null : problemOfInsert(node);
  if (kind === 'RenameStmt') return problemOfRename(node);
  if (kind === 'AlterTableStmt') {
    const problems = listOf(node['cmds']).map((one) => problemOfCommand(asNode(one['AlterTableCmd'])));
    return problems.find((problem) => problem !== null) ?? null;
  }
  return ['ClusterStmt', 'VacuumStmt', 'ReindexStmt', 'TruncateStmt', 'LockStmt'].includes(kind)
    ? 'the table is locked as a whole'
    : null;
}

/** Rows that are named one by one are few. */
const problemOfInsert = (node: Node): string | null => {
  const select = asNode(asNode(node['selectStmt'])['SelectStmt']);
  return listOf(select['fromClause']).length > 0 ? 'all rows are read in one transaction' : null;
};

/** Indexes, constraints and triggers have names of which no query knows. */
const problemOfRename = (node: Node): string | null =>
  ['OBJECT_COLUMN', 'OBJECT_TABLE'].includes(textOf(node['renameType']))
    ? 'servers of the former release use the former name'
    : null;

function problemOfCommand(command: Node): string | null {
  const subtype = textOf(command['subtype']);
  if (subtype === 'AT_AlterColumnType') return 'the table is rewritten';
  if (subtype === 'AT_SetNotNull') return 'all rows are read under a lock; add a CHECK that is NOT VALID, validate it';
  if (subtype === 'AT_DropColumn') return 'servers of the former release use the column';
  if (subtype === 'AT_AddConstraint') return problemOfConstraint(asNode(asNode(command['def'])['Constraint']));
  if (subtype !== 'AT_AddColumn') return null;
  const constraints = listOf(asNode(asNode(command['def'])['ColumnDef'])['constraints']).map((one) =>
    asNode(one['Constraint']),
  );
  const kinds = constraints.map((one) => textOf(one['contype']));
  if (kinds.some((one) => one === 'CONSTR_GENERATED' || one === 'CONSTR_IDENTITY')) return 'the table is rewritten';
  const defaults = JSON.stringify(constraints.filter((one) => one['contype'] === 'CONSTR_DEFAULT'));
  if (isVolatile(defaults)) return 'a default that differs from row to row: the table is rewritten';
  if (kinds.includes('CONSTR_NOTNULL') && !kinds.includes('CONSTR_DEFAULT')) return 'NOT NULL without a default';
  return constraints.map(problemOfConstraint).find((problem) => problem !== null) ?? null;
}

function problemOfConstraint(constraint: Node): string | null {
  const kind = textOf(constraint['contype']);
  const isRead = kind === 'CONSTR_CHECK' || kind === 'CONSTR_FOREIGN';
  if (isRead && constraint['skip_validation'] !== true) return 'all rows are read under a lock; add it NOT VALID first';
  const isIndex = kind === 'CONSTR_UNIQUE' || kind === 'CONSTR_PRIMARY' || kind === 'CONSTR_EXCLUSION';
  return isIndex && constraint['indexname'] === undefined ? 'an index is made under a lock; make it first' : null;
}

/** now() is one instant for all rows; any other function is taken to differ. */
const isVolatile = (defaults: string): boolean =>
  [...defaults.matchAll(/"funcname":\[\{"String":\{"sval":"(\w+)"/g)].some(([, name]) => name !== 'now');
