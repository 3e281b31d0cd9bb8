import type { CodeState } from '@openbeian/model/code';
import type { CodePhase } from '../../ports/index.ts';
import { query } from '../command/operation.ts';
import { ownAccount } from '../command/permission.ts';
import type { Step } from '../command/step.ts';
import { type CodeQuery, codeFilterOf } from './code-query.ts';
import { type CodeView, codeViewsOf } from './code-view.ts';

export interface ListCodesInput extends CodeQuery {
  readonly state?: CodeState | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

export interface CodePage {
  readonly codes: readonly CodeView[];
  readonly next: string | null;
}

/** Codes read at once, and at most for one page, where only the derived state tells which belong to it. */
const derivedStateScan = { batch: 500, most: 4000 } as const;

/**
 * The codes that an account issued, or that were granted to it; the provider's people see all. Newest first, a page at a
 * time: `next` is the `after` of the page that follows, null on the last one. Whether an open code is unused or suspended
 * is derived, so a page of either may be shorter than `limit` though more follow.
 */
export const listCodes = query({ id: 'listCodes', faults: [] }, readCodePage);

export async function readCodePage(step: Step, input: ListCodesInput): Promise<CodePage> {
  const { tx, actor } = step;
  const { state, limit } = input;
  const isDerived = state === 'unused' || state === 'suspended';
  const phase: CodePhase | undefined = isDerived ? 'open' : state;
  const account = actor.role === 'customer' ? ownAccount(actor) : null;
  const filter = { ...codeFilterOf(account, input), ...(phase !== undefined && { phase }) };
  const batch = isDerived ? Math.max(derivedStateScan.batch, limit) : limit;
  const page: CodeView[] = [];
  let after = input.after;
  for (let read = 0; read < derivedStateScan.most; read += batch) {
    const rows = await tx.codes.list({ ...filter, ...(after !== undefined && { after }), limit: batch + 1 });
    for (const code of await codeViewsOf(step, rows.slice(0, batch))) {
      if (page.length === limit) return { codes: page, next: after ?? null };
      if (state === undefined || code.state === state) page.push(code);
      after = code.id;
    }
    if (rows.length <= batch) return { codes: page, next: null };
    if (page.length === limit) break;
  }
  return { codes: page, next: after ?? null };
}
