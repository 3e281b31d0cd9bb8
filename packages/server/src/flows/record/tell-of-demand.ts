import type { DeskEventType } from '@openbeian/model/filing';
import type { DemandListRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';
import { tell } from '../notice/tell.ts';

type DemandNews = Extract<DeskEventType, `Correction${string}`>;

/**
 * The account that has the record is told of a demand.
 * @param which where there are several of a type: which one it is
 * @returns false when it was told before
 */
export function tellOfDemand(
  step: Step,
  demand: DemandListRow,
  { type, which = '', more = {} }: { readonly type: DemandNews; readonly which?: string; readonly more?: Told },
): Promise<boolean> {
  const { id, accountId, serviceNumber, domainName, serviceName, demandedBy, dueOn, findings } = demand;
  const name = domainName === '' ? serviceName : domainName;
  const detail = { serviceNumber, name, demandedBy, fields: String(findings.length), dueOn: dueOn ?? '', ...more };
  const fields = findings.flatMap(({ field }) => (field === null ? [] : [field]));
  return tell(step, {
    type,
    about: `${type}:${id}${which === '' ? '' : `:${which}`}`,
    readers: [{ accountId, detail }],
    dataFor: () => ({ demand: { id, accountId, serviceNumber, domainName, demandedBy, fields, dueOn, ...more } }),
  });
}

type Told = Readonly<Record<string, string>>;
