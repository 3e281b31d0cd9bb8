import type { CodeState } from '@openbeian/model/code';
import { query } from '../command/operation.ts';
import type { PageInput } from '../command/page.ts';
import { checkResources } from './check-partner-resources.ts';
import { readCodePage } from './list-codes.ts';
import { type PartnerCode, partnerCodeOf, unknownResource } from './partner-answer.ts';

interface QueryPartnerResourceInput extends PageInput {
  readonly resourceId: string;
  readonly state?: CodeState | undefined;
}

/**
 * What a resource of the caller's has issued, newest first, a page at a time, and how many more it may. A resource of
 * others is unknown.
 */
export const queryPartnerResource = query(
  { id: 'queryPartnerResource', faults: [] },
  async (step, input: QueryPartnerResourceInput) => {
    const [resource] = await checkResources(step, [input.resourceId]);
    const { remaining = 0, reasons = [unknownResource] } = resource ?? {};
    if (reasons.some(({ code }) => code === unknownResource.code)) {
      return { found: false, remaining, codes: [], next: null, reasons };
    }
    const page = await readCodePage(step, { ...input, side: 'issued', place: 'body.after' });
    const codes: PartnerCode[] = [];
    for (const code of page.codes) codes.push(await partnerCodeOf(step, code));
    return { found: true, remaining, codes, next: page.next, reasons };
  },
);
