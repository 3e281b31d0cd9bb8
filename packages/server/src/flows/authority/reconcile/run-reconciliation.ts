import { type FaultCode, type FaultExtras, isFault } from '@openbeian/model/fault';
import { isUnsaid, nameToAsk, saysEnough } from '@openbeian/model/reconciliation';
import type { AuthorityDesk, ReconciliationRow, ReconciliationStep, RunCounts } from '../../../ports/index.ts';
import type { FlowDeps } from '../../command/deps.ts';
import { inWorkerTransaction, type Step } from '../../command/step.ts';
import { answerFor, byName, type ComparedLine, type LoadedSides, sidesOfFiled, sidesOfRecord } from './both-sides.ts';
import { keepDifferences } from './keep-differences.ts';

/** Longer than a batch takes; what a killed worker had is taken up then, from where it was. */
const leaseMs = 3 * 60_000;
/** A batch ends then, though there is more: whoever answers slowly is asked little. */
const batchMs = 60_000;
/** Records that are looked at in one batch. */
const pageSize = 200;
/** Questions of one batch, and the rest after it: one a second at most. The interface asks to be called sparingly. */
const mostAsked = 20;
const restMs = 20_000;
/** Where the authority does not say when it is there again. */
const againAfterSeconds = 60;
/** So often in a row it waits at one record: it may be that record which the authority cannot answer about. */
const mostWaits = 8;

type Report = (error: unknown) => void;

interface Batch {
  readonly desk: AuthorityDesk;
  readonly row: ReconciliationRow;
  readonly report: Report;
  readonly endMs: number;
}
type Counts = { -readonly [Name in keyof RunCounts]: number };

/**
 * One batch of a run that is due: records here in their order, then what the authority has besides. How far it is, is written down
 * with each batch, so that any worker goes on from there; a record that is compared twice is found to be the same.
 * @returns 0: no run is due
 */
export async function runReconciliation(deps: FlowDeps, owner: string, report: Report): Promise<number> {
  const desk = deps.authorityDesk;
  if (desk === null) return 0;
  const row = await inWorkerTransaction(deps, ({ tx, at }) =>
    tx.authorityLedger.leaseReconciliation(owner, at, new Date(Date.parse(at) + leaseMs).toISOString()),
  );
  if (row === null) return 0;
  const step = await batchOf(deps, { desk, row, report, endMs: performance.now() + batchMs });
  await inWorkerTransaction(deps, ({ tx, at }) => tx.authorityLedger.advanceReconciliation(row, owner, step, at));
  return 1;
}

/** Null: there is nothing to compare, or another line has it. */
type Loaded = LoadedSides | 'uncarried' | null;

/** Behind which position what is next lies, and how it is compared. */
interface Item {
  readonly position: string;
  readonly load: (step: Step<FaultCode>) => Promise<Loaded>;
}

async function batchOf(deps: FlowDeps, batch: Batch): Promise<ReconciliationStep> {
  const { row, report } = batch;
  const items = await inWorkerTransaction(deps, async (step) => {
    const { provider, provinceCode } = row;
    // What a newer one brings meanwhile is asked about, as if none had come.
    const line = { provider, provinceCode, sync: await step.tx.authorityLedger.findSync(row) };
    return (row.phase === 'ours' ? ours : theirs)(step, batch, line);
  });
  const counts: Counts = { compared: 0, asked: 0, skipped: 0, waiting: 0, uncarried: 0, unsaid: 0, found: 0 };
  let { afterId } = row;
  const stepOf = (more: Partial<ReconciliationStep> = {}): ReconciliationStep => {
    const waitMs = counts.asked > 0 ? restMs : 0;
    const dueAt = new Date(Date.parse(deps.clock.now()) + waitMs).toISOString();
    return { phase: row.phase, afterId, dueAt, waits: 0, because: null, isDone: false, ...counts, ...more };
  };
  for (const { position, load } of items) {
    if (counts.asked >= mostAsked || performance.now() >= batch.endMs) return stepOf();
    try {
      await compareOne(deps, batch.desk, load, counts);
    } catch (error) {
      if (isFault(error, 'store.unavailable')) throw error;
      const waits = afterId === row.afterId ? row.waits + 1 : 1;
      const isAway = isFault(error, 'authority.unreachable') || isFault(error, 'authority.unreadable');
      if (isAway && waits < mostWaits) return stepOf({ ...waitFor(deps, error.extras), waits });
      // One that cannot be read is told of, and the others go on.
      report(error);
      counts.skipped += 1;
    }
    afterId = position;
  }
  if (items.length >= pageSize) return stepOf();
  return row.phase === 'ours' ? stepOf({ phase: 'theirs', afterId: '' }) : stepOf({ isDone: true });
}

function waitFor({ clock }: FlowDeps, { detail, retryAfterSeconds = againAfterSeconds }: FaultExtras) {
  const { zh, en } = detail ?? noDetail;
  const dueAt = new Date(Date.parse(clock.now()) + retryAfterSeconds * 1000).toISOString();
  return { dueAt, because: { code: 'authority.unreachable', zh, en } };
}

const noDetail = { zh: '暂时无法查询管局', en: 'the authority cannot be asked for now' };

async function compareOne(deps: FlowDeps, desk: AuthorityDesk, load: Item['load'], counts: Counts): Promise<void> {
  const sides = await inWorkerTransaction(deps, load);
  if (sides === null) return;
  if (sides === 'uncarried') {
    counts.uncarried += 1;
    return;
  }
  if (sides.isWaiting) {
    counts.skipped += 1;
    counts.waiting += 1;
    return;
  }
  const name = saysEnough({ ...sides, answer: null }, sides.isRecent) ? null : nameToAsk(sides);
  const status = name === null ? null : await desk.askStatus(sides.line.provinceCode, byName(name));
  if (name !== null) counts.asked += 1;
  const found = await inWorkerTransaction(deps, async (step) => {
    // What has been decided since it was asked counts.
    const now = await load(step);
    if (now === null || now === 'uncarried' || now.isWaiting) return { differences: 0, unsaid: 0 };
    const answer = name === null ? null : await answerFor(step, now, name, status);
    const differences = await keepDifferences(step, now, answer);
    return { differences: differences.length, unsaid: isUnsaid({ ...now, answer }) ? 1 : 0 };
  });
  counts.compared += 1;
  counts.found += found.differences;
  counts.unsaid += found.unsaid;
}

/** Records here that go over this line: websites of its province, which are all that the interface carries. */
async function ours({ deps, tx }: Step, { row, desk }: Batch, line: ComparedLine): Promise<readonly Item[]> {
  const page = { afterId: row.afterId, limit: pageSize };
  const records = await tx.authorityLedger.listRecordsToCompare(deps.provider, page);
  return records.map(({ id, provinceCode, serviceKind }) => ({
    position: id,
    async load(step) {
      if (!isOfLine(row, provinceCode)) return null;
      if (serviceKind !== 'website') return 'uncarried';
      const record = await step.tx.authorityLedger.findRecordToCompare(deps.provider, id);
      return record === null ? null : sidesOfRecord(step, desk, line, record);
    },
  }));
}

/** Exact for a municipality or a province; what lies in a province goes over its line. */
const isOfLine = ({ provinceCode }: ReconciliationRow, code: string): boolean =>
  provinceCode.slice(0, 2) === code.slice(0, 2);

/** What the authority has and no record here is compared with. */
async function theirs({ tx }: Step, { row, desk }: Batch, line: ComparedLine): Promise<readonly Item[]> {
  const filed = await tx.authorityLedger.listFiledRecords(row, Number(row.afterId), pageSize);
  return filed.map(({ serviceId }) => ({
    position: String(serviceId),
    async load(step) {
      const now = await step.tx.authorityLedger.findFiledRecord(row, { serviceId });
      if (now === null || now.serviceNumber === null || (await isComparedHere(step, now.serviceNumber, now.domainName)))
        return null;
      return sidesOfFiled(step, desk, line, now);
    },
  }));
}

async function isComparedHere({ tx }: Step, number: string, domainName: string | null): Promise<boolean> {
  if ((await tx.records.findServiceByNumber(number)) !== null) return true;
  const named = domainName === null ? null : await tx.records.findServiceByDomainName(domainName, 'website');
  return named !== null && named.state !== 'cancelled';
}
