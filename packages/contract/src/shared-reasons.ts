import type { z } from 'zod';
import type { Answer } from './client.ts';
import type { Operations } from './operations/index.ts';
import type { checkResultShape } from './shapes.ts';

type Checked = Answer<Operations['checkInventory']>;

/** The rows of a check, each with its reasons in full (contract §2). */
export function resultsInFull({ results, reasons }: Checked): z.output<typeof checkResultShape>[] {
  type Use = Checked['results'][number]['file'];
  const inFull = (use: Use) => ({
    ...use,
    reasons: use.reasons.flatMap(({ ref }) => reasons[ref] ?? []),
  });
  return results.map((row) => ({ ...row, file: inFull(row.file), issue: inFull(row.issue) }));
}
