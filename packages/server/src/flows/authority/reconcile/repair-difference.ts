import {
  nameToAsk,
  type Repair,
  repairsOf,
  type StatusAnswer,
  saysEnough,
  unjudgedKinds,
} from '@openbeian/model/reconciliation';
import type { AuthorityDesk, AuthorityStatus, DifferenceRow, LineKey } from '../../../ports/index.ts';
import { recordAudit } from '../../command/audit.ts';
import { onceForKeyAsking } from '../../command/once-for-key.ts';
import { commandInParts } from '../../command/operation.ts';
import { sayIn } from '../../command/said.ts';
import { type FlowRequest, inTransaction, type Step } from '../../command/step.ts';
import { deskOf } from '../lines/line-desk-of.ts';
import { answerFor, byName, type LoadedSides, sidesOfFiled, sidesOfRecord } from './both-sides.ts';
import { digestOf, keepDifferences } from './keep-differences.ts';
import { sendAgain } from './send-again.ts';
import { takeOver } from './take-over.ts';

export type GivenRepair =
  | { readonly repair: 'take_over'; readonly accountId?: string | undefined }
  | { readonly repair: 'send_again'; readonly filingPassword?: string | undefined }
  | { readonly repair: 'open_case' }
  | { readonly repair: 'seen'; readonly reason: string };

type RepairFault =
  | 'object.not_found'
  | 'authority.difference_gone'
  | 'authority.repair_unfit'
  | 'authority.unreachable'
  | 'authority.line_stopped'
  | 'authority.not_sendable'
  | 'authority.occupied'
  | 'record.number_conflict'
  | 'idempotency.in_progress';

interface Asked {
  /** Null: it says nothing, or was not asked. */
  readonly name: string | null;
  readonly status: AuthorityStatus | null;
}

/**
 * An operator repairs a difference of both books. Both sides are compared once more first, the authority asked where it takes that: what
 * is not true any more is not repaired.
 */
export const repairDifference = commandInParts(
  {
    id: 'repairDifference',
    faults: [
      'object.not_found',
      'authority.difference_gone',
      'authority.repair_unfit',
      'authority.unreachable',
      'authority.line_stopped',
      'authority.not_sendable',
      'authority.occupied',
      'record.number_conflict',
      'idempotency.in_progress',
    ],
  },
  async (request, { differenceId, act }: { readonly differenceId: string; readonly act: GivenRepair }) => {
    const desk = deskOf(request);
    const input = { differenceId, act };
    return onceForKeyAsking<RepairFault, Asked, { readonly state: DifferenceRow['state'] | 'ended' }>(request, input, {
      before: async () => {},
      ask: async () => {
        const asked = await lookAgain(request, desk, differenceId, act.repair);
        if (act.repair !== 'send_again') return asked;
        const { row, sides } = await inTransaction(request, async (step) => {
          const found = await step.tx.authorityLedger.findDifferenceForUpdate(differenceId);
          if (found === null) throw step.fault('object.not_found');
          return { row: found, sides: (await stillTrue(step, desk, found, { asked, act })).sides };
        });
        await sendAgain(request, row, { desk, sides, filingPassword: act.filingPassword ?? null });
        return asked;
      },
      work: (step, asked) => carryOut(step, desk, { differenceId, act, asked }),
    });
  },
);

/** Compares both sides again, and writes down what is found: a difference that is gone ends, whatever its repair comes to. */
async function lookAgain(
  request: FlowRequest<RepairFault>,
  desk: AuthorityDesk,
  differenceId: string,
  repair: Repair,
): Promise<Asked> {
  const sides = await inTransaction(request, async (step) => {
    const row = await step.tx.authorityLedger.findDifference(differenceId);
    if (row === null) throw step.fault('object.not_found');
    if (row.endedAt !== null) throw step.fault('authority.difference_gone');
    if (!repairsOf(row.kind).includes(repair)) throw step.fault('authority.repair_unfit');
    const found = await loadSides(step, desk, row);
    if (found !== null) await refuseWaiting(step, row, { sides: found, repair });
    return found;
  });
  if (sides === null) throw request.fault('authority.difference_gone');
  const name = saysEnough({ ...sides, answer: null }, sides.isRecent) ? null : nameToAsk(sides);
  if (name !== null || repair === 'send_again') await refuseStopped(request, sides.line);
  const asked = { name, status: name === null ? null : await desk.askStatus(sides.line.provinceCode, byName(name)) };
  await inTransaction(request, async (step) => {
    const row = await step.tx.authorityLedger.findDifference(differenceId);
    const now = row === null ? null : await loadSides(step, desk, row);
    if (now !== null && !now.isWaiting) await keepDifferences(step, now, await answerOf(step, now, asked));
  });
  return asked;
}

/** A stopped line goes on for an operator only: nothing is tried again by itself. */
async function refuseStopped(request: FlowRequest<RepairFault>, line: LineKey): Promise<void> {
  const row = await inTransaction(request, ({ tx }) => tx.authorityLedger.findLine(line));
  if (row === null || row.stoppedAt === null) return;
  const { zh = '', en = '', code = '' } = row.stoppedBecause ?? {};
  throw request.fault('authority.line_stopped', {
    detail: { zh: `停止的原因：${zh}（${code}）`, en: `It was stopped because: ${en} (${code})` },
  });
}

/** What is with the authority changes its side: whatever is written here now, the books would differ the other way round afterwards. */
async function refuseWaiting(
  step: Step<'authority.difference_gone'>,
  row: DifferenceRow,
  { sides, repair }: { readonly sides: LoadedSides; readonly repair: Repair },
): Promise<void> {
  if (!sides.isWaiting || (await isUnsure(step, row, repair))) return;
  throw step.fault('authority.difference_gone', { detail: waitingNow });
}

/** What was sent about it may not have arrived: sending it again settles that. */
async function isUnsure({ tx }: Step, { submissionId }: DifferenceRow, repair: Repair): Promise<boolean> {
  const sent = submissionId === null ? null : await tx.authorityLedger.findHandover(submissionId);
  return repair === 'send_again' && sent?.state === 'sending';
}

const waitingNow = {
  zh: '该备案有事项正在管局办理，有结果后再处理差异。',
  en: 'Something about this record is with the authority; repair it when that is decided.',
};
const unknownNow = {
  zh: '管局刚作出新的决定，其最新备案数据尚未下发。请在下次全量同步后再对账。',
  en: 'The authority has just decided something about it and not delivered its data since. Compare again after its next delivery.',
};

/** What it is about, as it is now; null where that is gone. */
async function loadSides(step: Step, desk: AuthorityDesk, row: DifferenceRow): Promise<LoadedSides | null> {
  const { authorityLedger } = step.tx;
  const [, there] = /^there:(\d+)$/.exec(row.about) ?? [];
  if (there !== undefined) {
    const filed = await authorityLedger.findFiledRecord(row, { serviceId: Number(there) });
    const number = filed?.serviceNumber ?? null;
    const isHere = number !== null && (await step.tx.records.findServiceByNumber(number)) !== null;
    return filed === null || isHere ? null : sidesOfFiled(step, desk, row, filed);
  }
  const record = await authorityLedger.findRecordToCompare(step.deps.provider, row.about);
  return record === null ? null : sidesOfRecord(step, desk, row, record);
}

const answerOf = async (step: Step, sides: LoadedSides, { name, status }: Asked): Promise<StatusAnswer | null> =>
  name === null ? null : answerFor(step, sides, name, status);

/** The difference as it is, by what the authority has just answered. @throws Fault `authority.difference_gone` */
async function stillTrue(
  step: Step<'authority.difference_gone'>,
  desk: AuthorityDesk,
  row: DifferenceRow,
  { asked, act }: Pick<ToCarryOut, 'asked' | 'act'>,
) {
  const sides = row.endedAt === null ? await loadSides(step, desk, row) : null;
  if (sides === null) throw step.fault('authority.difference_gone');
  // Another operator may have sent it while the authority was asked.
  await refuseWaiting(step, row, { sides, repair: act.repair });
  const answer = await answerOf(step, sides, asked);
  const found = await keepDifferences(step, sides, answer);
  const difference = found.find(({ kind }) => kind === row.kind);
  if (difference === undefined && unjudgedKinds({ ...sides, answer }).includes(row.kind)) {
    throw step.fault('authority.difference_gone', { detail: unknownNow });
  }
  const isSame = difference !== undefined && digestOf(step, sides, difference) === row.digest;
  if (difference === undefined || !isSame) throw step.fault('authority.difference_gone');
  return { sides, difference };
}

interface ToCarryOut {
  readonly differenceId: string;
  readonly act: GivenRepair;
  readonly asked: Asked;
}

async function carryOut(step: Step<RepairFault>, desk: AuthorityDesk, { differenceId, act, asked }: ToCarryOut) {
  const { authorityLedger } = step.tx;
  // Held before the difference is: whoever changes records holds them first.
  if (act.repair === 'take_over') await step.tx.records.hold();
  const row = await authorityLedger.findDifferenceForUpdate(differenceId);
  if (row === null) throw step.fault('object.not_found');
  const audit = async (number: string | null, more: Readonly<Record<string, string>> = {}) => {
    const { kind, provinceCode } = row;
    const detail = { kind, provinceCode, repair: act.repair, ...more };
    await recordAudit(step, 'DifferenceRepaired', { kind: 'record', id: number ?? row.about }, detail);
  };
  // Sent already; what becomes of it is told by the authority.
  if (act.repair === 'send_again') {
    await audit(row.serviceNumber);
    return { state: row.state };
  }
  const { sides, difference } = await stillTrue(step, desk, row, { asked, act });
  if (act.repair === 'seen') {
    await authorityLedger.setDifference(row.id, 'seen', row.submissionId);
    await audit(row.serviceNumber, { reason: await sayIn(step, 'audit', act.reason) });
    return { state: 'seen' as const };
  }
  if (act.repair === 'open_case') {
    const { provider, provinceCode, kind, serviceNumber, domainName, ours, theirs } = row;
    const content = { kind, serviceNumber, domainName, ours, theirs };
    const about = `${row.id}:${row.confirmedAt}`;
    const toOpen = { provider, provinceCode, kind: 'difference', about, submissionId: null, content } as const;
    await desk.openCase(toOpen, authorityLedger);
    await authorityLedger.setDifference(row.id, 'case', row.submissionId);
    await audit(row.serviceNumber);
    return { state: 'case' as const };
  }
  const { record, filed, organiser } = sides;
  const what = { differenceId, difference, record, filed, organiser, accountId: act.accountId ?? null };
  const number = await takeOver(step, what);
  await authorityLedger.endDifference(row.id, 'taken_over', step.actor.userId, step.at);
  await audit(number);
  const left = await loadSides(step, desk, row);
  if (left !== null) await keepDifferences(step, left, await answerOf(step, left, asked));
  return { state: 'ended' as const };
}
