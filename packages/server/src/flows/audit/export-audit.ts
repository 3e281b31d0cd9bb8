import { createHash } from 'node:crypto';
import { addDays } from '@openbeian/model/calendar';
import { canonicalJson } from '@openbeian/model/canonical-json';
import type { FaultCode } from '@openbeian/model/fault';
import type { AuditSeal } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import type { FlowDeps } from '../command/deps.ts';
import { inWorkerTransaction, type Step } from '../command/step.ts';
import { SealBuilder } from './seal-chain.ts';

const sealsAtOnce = 20;
const rowsAtOnce = 1000;

/** Signs a text; in base64. */
export type SignExport = (text: string) => string;

/** A day of the audit, as its file has it: lines of JSON, the last one with the signature over all before. */
export interface ExportedDay {
  readonly day: string;
  /** False for the last day that has seals: more may follow. */
  readonly complete: boolean;
  /** Its rows were cleared away by policy: there is nothing left to export. */
  readonly cleared: boolean;
  lines(): AsyncGenerator<string>;
}

/** Thrown while an export runs: the rows are not those that were sealed. */
export class AuditAltered extends Error {
  readonly seal: number;
  constructor(seal: number) {
    super(`audit rows differ from seal ${seal}`);
    this.seal = seal;
  }
}

const reading = <Result>(deps: FlowDeps, read: (step: Step<FaultCode>) => Promise<Result>): Promise<Result> =>
  inWorkerTransaction(deps, read);

/** The days that have seals, oldest first, from that day on. Only what is sealed is exported. */
export async function* exportedDays(
  deps: FlowDeps,
  from: string | null,
  sign: SignExport,
): AsyncGenerator<ExportedDay> {
  let before = from === null ? null : await reading(deps, ({ tx }) => tx.auditSeals.findLastBefore(from));
  for (;;) {
    const after = before?.sequence ?? 0;
    const [first] = await reading(deps, ({ tx }) => tx.auditSeals.listAfter(after, 1));
    if (first === undefined) return;
    const { day } = first;
    const { last, newest, clearing } = await reading(deps, async ({ tx }) => ({
      last: await tx.auditSeals.findLastBefore(addDays(day, 1)),
      newest: await tx.auditSeals.findLast(),
      clearing: await tx.auditClearings.find(day),
    }));
    if (last === null) return;
    const complete = (newest?.day ?? day) > day;
    const previous = before;
    yield {
      day,
      complete,
      cleared: clearing !== null,
      lines: () => linesOf(deps, { day, complete, previous, last }, sign),
    };
    before = last;
  }
}

/** Writes into the audit, once, that a day that is over was exported; a day may be kept until then (`keep.auditExportedOnly`). */
export function recordExport(deps: FlowDeps, day: string): Promise<void> {
  return inWorkerTransaction(deps, async (step) => {
    if (await step.tx.auditClearings.isExported(day)) return;
    await recordAudit(step, 'AuditExported', { kind: 'audit_day', id: day });
  });
}

interface DayOfSeals {
  readonly day: string;
  readonly complete: boolean;
  /** The last seal of the day before. */
  readonly previous: AuditSeal | null;
  readonly last: AuditSeal;
}

async function* linesOf(deps: FlowDeps, { day, complete, previous, last }: DayOfSeals, sign: SignExport) {
  const hash = createHash('sha256');
  const line = (content: object): string => {
    const text = `${canonicalJson(content)}\n`;
    hash.update(text);
    return text;
  };
  let [rows, seals] = [0, 0];
  yield line({ kind: 'day', format: 1, provider: deps.provider, day, previous: previous?.digest ?? null });
  let before = previous;
  while ((before?.sequence ?? 0) < last.sequence) {
    const after = before?.sequence ?? 0;
    const next = await reading(deps, ({ tx }) => tx.auditSeals.listAfter(after, sealsAtOnce));
    for (const seal of next.filter(({ sequence }) => sequence <= last.sequence)) {
      for await (const row of rowsOf(deps, seal, before)) yield line({ kind: 'row', row });
      const { sequence, through, rowCount, digest, sealedAt } = seal;
      yield line({ kind: 'seal', seal: { sequence, day, through, rowCount, digest, sealedAt } });
      rows += rowCount;
      seals += 1;
      before = seal;
    }
    if (next.length === 0) throw new AuditAltered(after + 1);
  }
  const end = { kind: 'end', day, complete, rows, seals, sha256: hash.digest('hex') };
  yield `${canonicalJson({ ...end, signature: sign(canonicalJson(end)) })}\n`;
}

/** The rows of a seal. @throws AuditAltered after the last one where they are not those that were sealed. */
async function* rowsOf(deps: FlowDeps, seal: AuditSeal, previous: AuditSeal | null) {
  const builder = new SealBuilder();
  let after = previous?.through ?? null;
  for (;;) {
    const from = after;
    const rows = await reading(deps, ({ tx }) => tx.auditSeals.rowsThrough(from, seal.through, rowsAtOnce));
    for (const row of rows) {
      builder.add(row);
      yield row;
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < rowsAtOnce) break;
    after = { at: last.at, id: last.id };
  }
  if (builder.finish(seal, previous?.digest ?? null).digest !== seal.digest) throw new AuditAltered(seal.sequence);
}
