import type { SupportView } from '../../ports/index.ts';
import { query } from '../command/operation.ts';
import { byId, type ListOrder, type PageInput, pageOf } from '../command/page.ts';
import { requireVisible } from '../command/permission.ts';
import type { Step } from '../command/step.ts';

const firstOpenedFirst: ListOrder<SupportView> = byId('support views');

/** What was opened in a support access, in the order in which it was opened first. */
export const listSupportViews = query(
  { id: 'listSupportViews', faults: ['object.not_found'] },
  async (step: Step<'object.not_found'>, input: PageInput & { readonly accessId: string }) => {
    const { supportAccesses } = step.tx;
    const access = requireVisible(step, await supportAccesses.find(input.accessId), (one) => [one.accountId]);
    const { rows, next } = await pageOf(firstOpenedFirst, input, (page) =>
      supportAccesses.listViews({ accessId: access.id, ...page }),
    );
    return { views: rows.map(({ id: _id, accessId: _accessId, ...view }) => view), next };
  },
);
