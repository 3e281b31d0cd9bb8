/**
 * What a step is done in. `transaction`: one, given up and repeated when a lock is not there at once. `snapshot`: one that sees
 * the database as of one moment. `index`: none, as CREATE and DROP INDEX CONCURRENTLY ask. `batches`: one for each batch.
 */
type StepKind = 'transaction' | 'snapshot' | 'index' | 'batches';

export interface MigrationStep {
  readonly kind: StepKind;
  readonly sql: string;
  /** For people: what is made, where one thing is. */
  readonly about: string;
}

const line = /^-- step(?: (snapshot|index|batches))?$/;
const firstObject =
  /^(?:CREATE|DROP|ALTER|WITH|INSERT)[^;]*?(?:INDEX(?: CONCURRENTLY)?(?: IF EXISTS)?|TABLE|FUNCTION|TRIGGER) +(\w+)/m;

/**
 * Reads the steps of a migration that is done while others use the database: each begins with a line `-- step`, `-- step index`,
 * `-- step batches` or `-- step snapshot`. The statement of `batches` takes the position it was given by the batch before
 * (`$1`, NULL at first) and answers one row: `next`, NULL at the end, and `rows`.
 */
export function readSteps(text: string): MigrationStep[] {
  const steps: { readonly kind: StepKind; readonly lines: string[] }[] = [];
  for (const one of text.split('\n')) {
    const match = line.exec(one.trim());
    // The pattern names the other three.
    if (match !== null) steps.push({ kind: (match[1] ?? 'transaction') as StepKind, lines: [] });
    else steps.at(-1)?.lines.push(one);
  }
  return steps.map(({ kind, lines }) => {
    const sql = lines.join('\n').trim();
    return { kind, sql, about: firstObject.exec(sql)?.[1] ?? kind };
  });
}

/** The index that a statement makes without holding up others; null where it makes none. */
export const indexMadeBy = (sql: string): string | null =>
  /^CREATE (?:UNIQUE )?INDEX CONCURRENTLY (\w+)/m.exec(sql)?.[1] ?? null;
