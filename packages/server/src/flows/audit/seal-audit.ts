import { addDays, dayOf, startOfDay } from '@openbeian/model/calendar';
import type { FaultCode } from '@openbeian/model/fault';
import { sealingContexts } from '../../ports/index.ts';
import type { FlowDeps } from '../command/deps.ts';
import { inWorkerTransaction, type Step } from '../command/step.ts';
import { SealBuilder } from './seal-chain.ts';

/** Most rows of one seal. */
const sealRows = 5000;

/**
 * How old a row is before it is sealed: older than any transaction gets (the database ends one that idles for a minute),
 * and than the clocks of the processes differ. A row that is written behind the last seal would count as forged.
 */
export const sealMarginMs = 5 * 60_000;
/** On top of the age of the oldest transaction that has written and not ended. */
const clocksDifferMs = 60_000;

/**
 * Seals the next audit rows that are old enough: up to `sealRows` of one day. Rows are added meanwhile without waiting.
 * @returns how many rows; 0 where there are none, or another process is at it.
 */
export function sealAudit(deps: FlowDeps): Promise<number> {
  return inWorkerTransaction(deps, sealNext);
}

async function sealNext({ deps, tx, at }: Step<FaultCode>): Promise<number> {
  const { auditSeals } = tx;
  if (!(await auditSeals.lock())) return 0;
  const last = await auditSeals.findLast();
  const marginMs = Math.max(sealMarginMs, (await auditSeals.oldestWriterMs()) + clocksDifferMs);
  const before = new Date(Date.parse(at) - marginMs).toISOString();
  const found = await auditSeals.rowsBefore(last?.through ?? null, before, sealRows);
  const [first] = found;
  if (first === undefined) return 0;
  const day = dayOf(first.at);
  const dayEnds = Date.parse(startOfDay(addDays(day, 1)));
  const rows = found.filter((row) => Date.parse(row.at) < dayEnds);
  const through = rows.at(-1) ?? first;
  const builder = new SealBuilder();
  for (const row of rows) builder.add(row);
  const sequence = (last?.sequence ?? 0) + 1;
  const facts = { sequence, day, through: { at: through.at, id: through.id }, sealedAt: at };
  const made = builder.finish(facts, last?.digest ?? null);
  const sealedDigest = deps.vault.seal(made.digest, sealingContexts.seals(String(sequence)));
  await auditSeals.insert({ ...facts, ...made, sealedDigest });
  return rows.length;
}
