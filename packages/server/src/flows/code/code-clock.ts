import { dayOf, daysBetween } from '@openbeian/model/calendar';
import {
  codeStanding,
  codeStopsOn,
  dueStopNotice,
  findPolicy,
  goodUntil,
  lastDayOfCode,
  nextStopNotice,
  type Resource,
} from '@openbeian/model/eligibility';
import type { CodeClockRow, CodeEventRow, CodeRow, ResourceRow, StoreTransaction } from '../../ports/index.ts';
import type { FlowDeps } from '../command/deps.ts';
import { datesOf } from '../resource/account-desk.ts';
import type { CodeDesk } from './code-view.ts';

const batch = 200;

/** The judgement of codes without their accounts' quotas, which do not matter once a code is out. */
export function clockDesk(deps: FlowDeps, rows: readonly ResourceRow[], day: string): CodeDesk {
  const policyOf = (row: ResourceRow) => findPolicy(deps.policies, row.provider, row.product, day);
  return {
    rows,
    standingOf: (row, code) => codeStanding(row.facts as Resource, policyOf(row), day, datesOf(code)),
    goodUntilOf: (row) => {
      const policy = policyOf(row);
      return policy === null ? null : goodUntil(row.facts as Resource, policy);
    },
    lastDayOfCode: (row, issuedAt) => lastDayOfCode(policyOf(row), dayOf(issuedAt)),
  };
}

/**
 * Keeps the index of stop days and sends what is due about them. Whether a code can be used is derived whenever somebody
 * asks; this only notifies, and may run late or not at all without making anything wrong.
 * @returns how much there was to do.
 */
export async function keepCodeClock(deps: FlowDeps): Promise<number> {
  const fingerprint = deps.policyFingerprint(dayOf(deps.clock.now()));
  const changed = await deps.store.transaction((tx) => tx.codeClock.markChanged(fingerprint, batch));
  const projected = await deps.store.transaction(async (tx) =>
    judgeAll(deps, tx, await tx.codeClock.takeStale(batch), false),
  );
  const warned = await deps.store.transaction(async (tx) =>
    judgeAll(deps, tx, await tx.codeClock.takeDue(dayOf(deps.clock.now()), batch), true),
  );
  return changed + projected + warned;
}

/** Follows the changes of codes into the index. */
export async function followCodes(tx: StoreTransaction, events: readonly CodeEventRow[]): Promise<void> {
  const of = (...types: CodeEventRow['type'][]) => events.filter((event) => types.includes(event.type));
  // The last word on a code counts; one that is over is not added.
  const placed = new Map(of('CodeIssued', 'CodeRepointed').map((event) => [event.codeId, event]));
  if (placed.size > 0) await tx.codeClock.add([...placed.values()]);
  const over = of('CodeUsed', 'CodeRevoked').map((event) => event.codeId);
  if (over.length > 0) await tx.codeClock.remove(over);
}

async function judgeAll(
  deps: FlowDeps,
  tx: StoreTransaction,
  clocks: readonly CodeClockRow[],
  mayWarn: boolean,
): Promise<number> {
  if (clocks.length === 0) return 0;
  const at = deps.clock.now();
  const codes = new Map(
    (await tx.codeClock.codesOf(clocks.map(({ codeId }) => codeId))).map((code) => [code.id, code]),
  );
  const wanted = new Set([...codes.values()].map((code) => code.resourceId));
  const resources = new Map((await tx.codeClock.resourcesOf([...wanted])).map((row) => [row.id, row]));
  const rows: Parameters<StoreTransaction['codeClock']['put']>[0][number][] = [];
  const over: string[] = [];
  for (const clock of clocks) {
    const code = codes.get(clock.codeId);
    const resource = code && resources.get(code.resourceId);
    if (code === undefined || resource === undefined || code.usedAt !== null || code.revokedAt !== null) {
      over.push(clock.codeId);
    } else rows.push(await judge(deps, tx, clock, code, resource, at, mayWarn));
  }
  await tx.codeClock.put(rows);
  if (over.length > 0) await tx.codeClock.remove(over);
  return clocks.length;
}

async function judge(
  deps: FlowDeps,
  tx: StoreTransaction,
  clock: CodeClockRow,
  code: CodeRow,
  row: ResourceRow,
  at: string,
  mayWarn: boolean,
): Promise<Omit<CodeClockRow, 'resourceId'>> {
  const day = dayOf(at);
  const resource = row.facts as Resource;
  const policy = findPolicy(deps.policies, row.provider, row.product, day);
  const { standing, reasons } = codeStanding(resource, policy, day, datesOf(code));
  const stopsOn = codeStopsOn(resource, policy, day, datesOf(code));
  if (clock.toldSuspended === true && standing) await tell(deps, tx, code, 'CodeRevived', { day }, at);
  if (clock.toldSuspended === false && !standing) {
    const told = { day, reasons: reasons.map((reason) => reason.code) };
    await tell(deps, tx, code, 'CodeSuspended', told, at);
  }
  const judged = { codeId: code.id, stopsOn, toldSuspended: !standing };
  const daysLeft = stopsOn === null ? 0 : daysBetween(day, stopsOn);
  if (stopsOn === null || daysLeft <= 0) return { ...judged, warnOn: null };
  // A stop day that moved starts anew.
  if (clock.stopsOn !== stopsOn) return { ...judged, warnOn: nextStopNotice(stopsOn, null) };
  const due = mayWarn ? dueStopNotice(daysLeft) : null;
  if (due === null) return { ...judged, warnOn: clock.warnOn };
  if (await tx.codeClock.claimWarning(code.id, stopsOn, due)) {
    await tell(deps, tx, code, 'CodeStopping', { day, stopsOn, daysLeft, threshold: due }, at);
  }
  return { ...judged, warnOn: nextStopNotice(stopsOn, due) };
}

interface Told {
  readonly day: string;
  readonly stopsOn?: string;
  readonly daysLeft?: number;
  readonly threshold?: number;
  readonly reasons?: readonly string[];
}

/** An event for receivers, and a notice for whoever issued the code or was granted it. */
async function tell(
  deps: FlowDeps,
  tx: StoreTransaction,
  code: CodeRow,
  type: 'CodeStopping' | 'CodeSuspended' | 'CodeRevived',
  { day, ...detail }: Told,
  at: string,
): Promise<void> {
  const { id: codeId, resourceId, issuerAccountId, granteeAccountId } = code;
  const { threshold: _threshold, ...told } = detail;
  await tx.codeEvents.appendNotice({ codeId, type, at, issuerAccountId, granteeAccountId, resourceId, detail: told });
  const about = [type, resourceId, detail.stopsOn ?? day, detail.threshold ?? ''].join(':');
  for (const accountId of new Set([issuerAccountId, granteeAccountId])) {
    if (accountId === null) continue;
    await tx.notices.add({
      ...{ id: deps.ids.next('ntc'), accountId, type, about, at, resourceId, webhookId: null, codes: 1 },
      ...{ stopsOn: detail.stopsOn ?? null, daysLeft: detail.daysLeft ?? null },
    });
  }
}
