import { z } from 'zod';
import { invalidInput, parseSafely } from '../../fault/index.ts';
import { type GateChange, gateRecordSchema } from '../records.ts';

/** Changes in their order, as the control plane sends them and as a gate keeps them. */
export interface ChangeBatch {
  /** Of the last change. */
  readonly sequence: number;
  /** Of the history up to there. */
  readonly mark: string;
  /** When the control plane said so. */
  readonly at: string;
  readonly changes: readonly (GateChange & { readonly sequence: number })[];
}

/** What the control plane answers: changes, or that the asker must begin with a whole snapshot. */
export interface ChangesAnswer extends ChangeBatch {
  readonly snapshot: boolean;
  /** Changes to records that no gate can use; they count as "nothing on record". */
  readonly unusable: number;
}

const answerSchema = z.object({
  snapshot: z.boolean(),
  sequence: z.int().min(0),
  mark: z.string().max(100),
  at: z.iso.datetime(),
  changes: z.array(
    z.object({
      sequence: z.int().min(1),
      name: z.string(),
      exact: z.boolean(),
      record: z.unknown(),
    }),
  ),
});

/**
 * Reads an answer of the control plane.
 * @throws Fault `input.invalid` where it is none
 */
export function parseChangesAnswer(document: unknown): ChangesAnswer {
  const parsed = parseSafely(answerSchema, document);
  if (!parsed.success) throw invalidInput(parsed.error);
  let unusable = 0;
  const changes = parsed.data.changes.map(({ record, ...change }) => {
    if (record === null) return { ...change, record };
    const read = parseSafely(gateRecordSchema, record);
    if (!read.success) unusable += 1;
    // What no gate can use opens nothing, and must not leave what was there before.
    return { ...change, record: read.success ? read.data : null };
  });
  return { ...parsed.data, changes, unusable };
}

/** Do these changes continue after that sequence, each one and none twice? */
export function follows(batch: ChangeBatch, after: number): boolean {
  const { changes, sequence } = batch;
  return sequence === after + changes.length && changes.every((change, place) => change.sequence === after + place + 1);
}

/** The changes of a batch behind this sequence, where they follow it; null where some are missing in between. */
export function changesBehind(batch: ChangeBatch, after: number): ChangeBatch | null {
  if (batch.sequence < after) return { ...batch, sequence: after, changes: [] };
  const rest = { ...batch, changes: batch.changes.filter(({ sequence }) => sequence > after) };
  return follows(rest, after) ? rest : null;
}
