import type { CodeState } from '@openbeian/model/code';
import type { CodePhase, CodeRow, PageRequest } from '../../ports/index.ts';
import { query } from '../command/operation.ts';
import { byId, type ListOrder, type PageInput, pageOf, scannedPageOf } from '../command/page.ts';
import { ownAccount } from '../command/permission.ts';
import type { Step } from '../command/step.ts';
import { type CodeQuery, codeFilterOf } from './code-query.ts';
import { type CodeView, codeViewsOf } from './code-view.ts';

export interface ListCodesInput extends CodeQuery, PageInput {
  readonly state?: CodeState | undefined;
}

export interface CodePage {
  readonly codes: readonly CodeView[];
  readonly next: string | null;
}

const newestFirst: ListOrder<CodeRow> = byId('codes');

/**
 * The codes that an account issued, or that were granted to it; the provider's people see all. Newest first. Whether an
 * open code is unused or suspended is derived, so a page of either may be shorter than `limit` though more follow.
 */
export const listCodes = query({ id: 'listCodes', faults: [], mayLag: true }, readCodePage);

export async function readCodePage(step: Step, input: ListCodesInput): Promise<CodePage> {
  const { tx, actor } = step;
  const { state } = input;
  const isDerived = state === 'unused' || state === 'suspended';
  const phase: CodePhase | undefined = isDerived ? 'open' : state;
  const account = actor.role === 'customer' ? ownAccount(actor) : null;
  const filter = { ...codeFilterOf(account, input), ...(phase !== undefined && { phase }) };
  const read = (page: PageRequest) => tx.codes.list({ ...filter, ...page });
  if (!isDerived) {
    const { rows, next } = await pageOf(newestFirst, input, read);
    return { codes: await codeViewsOf(step, rows), next };
  }
  const { rows, next } = await scannedPageOf(newestFirst, input, read, async (batch) =>
    (await codeViewsOf(step, batch)).map((code) => (code.state === state ? code : null)),
  );
  return { codes: rows, next };
}
