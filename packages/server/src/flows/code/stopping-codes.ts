import { addDays, dayOf, daysBetween } from '@openbeian/model/calendar';
import { codeStopsOn, findPolicy, type Resource } from '@openbeian/model/eligibility';
import { Fault } from '@openbeian/model/fault';
import type { QueryCall } from '../command/call.ts';
import type { FlowDeps } from '../command/deps.ts';
import { ownAccount } from '../command/permission.ts';
import { datesOf } from '../resource/account-desk.ts';
import { clockDesk } from './code-clock.ts';
import { type CodeView, codeViewOf } from './code-view.ts';

interface StoppingCode {
  readonly code: CodeView;
  readonly stopsOn: string;
  readonly daysLeft: number;
}

/**
 * The codes that stop within `days` days, found by the index of stop days; each is derived again for the answer, and one
 * that does not stop then after all is left out of its page.
 * @throws Fault `input.invalid` for an `after` that is none.
 */
export async function listStoppingCodes(
  deps: FlowDeps,
  call: QueryCall,
  input: {
    readonly days: number;
    readonly accountId?: string | undefined;
    readonly after?: string | undefined;
    readonly limit: number;
  },
): Promise<{ at: string; total: number; indexing: number; codes: StoppingCode[]; next: string | null }> {
  const day = dayOf(deps.clock.now());
  const issuerAccountId = call.actor.role === 'customer' ? ownAccount(call.actor) : (input.accountId ?? null);
  const filter = { from: addDays(day, 1), to: addDays(day, input.days), issuerAccountId };
  const after = input.after === undefined ? null : readCursor(input.after);
  return deps.store.transaction(async (tx) => {
    const total = await tx.codeClock.countStopping(filter);
    const page = await tx.codeClock.listStopping(filter, after, input.limit);
    const found = await tx.codeClock.codesOf(page.map(({ codeId }) => codeId));
    const codes = new Map(found.map((code) => [code.id, code]));
    const rows = await tx.codeClock.resourcesOf([...new Set(found.map((code) => code.resourceId))]);
    const desk = clockDesk(deps, rows, day);
    const resources = new Map(rows.map((row) => [row.id, row]));
    const stopping = page.flatMap(({ codeId }): StoppingCode[] => {
      const code = codes.get(codeId);
      const row = code && resources.get(code.resourceId);
      if (code === undefined || row === undefined || code.usedAt !== null || code.revokedAt !== null) return [];
      const policy = findPolicy(deps.policies, row.provider, row.product, day);
      const stopsOn = codeStopsOn(row.facts as Resource, policy, day, datesOf(code));
      if (stopsOn === null || stopsOn < filter.from || stopsOn > filter.to) return [];
      return [{ code: codeViewOf(desk, code), stopsOn, daysLeft: daysBetween(day, stopsOn) }];
    });
    const last = page.length === input.limit ? page.at(-1) : undefined;
    return {
      at: day,
      total,
      indexing: await tx.codeClock.countPending(deps.policyFingerprint(day)),
      codes: stopping,
      next: last === undefined ? null : `${last.stopsOn}~${last.codeId}`,
    };
  });
}

function readCursor(text: string): { readonly stopsOn: string; readonly codeId: string } {
  const match = /^(\d{4}-\d\d-\d\d)~(.+)$/.exec(text);
  if (match !== null) return { stopsOn: match[1] ?? '', codeId: match[2] ?? '' };
  throw new Fault('input.invalid', {
    places: [{ path: 'query.after', expected: '`next` of the page before', expectedZh: '应为上一页答复中的 next' }],
  });
}
