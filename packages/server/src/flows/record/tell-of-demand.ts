import { dayOf } from '@openbeian/model/calendar';
import type { DeskEventType } from '@openbeian/model/filing';
import { parseFilingNumbers, subjectNumberOf } from '@openbeian/model/number';
import type { DemandListRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';
import { tell } from '../notice/tell.ts';

type DemandNews = Extract<DeskEventType, `Correction${string}`>;

/**
 * The account that has the record is told of a demand.
 * @returns false when it was told before
 */
export function tellOfDemand(
  step: Step,
  demand: DemandListRow,
  { type, which = '', more = {}, alsoProvider = false }: DemandTold,
): Promise<boolean> {
  const { id, accountId, serviceNumber, domainName, serviceName, demandedBy, dueOn, findings } = demand;
  const name = domainName === '' ? serviceName : domainName;
  const detail = { serviceNumber, name, demandedBy, fields: String(findings.length), dueOn: dueOn ?? '', ...more };
  const [number] = parseFilingNumbers(serviceNumber, dayOf(step.at)).numbers;
  const subjectNumber = number === undefined ? null : subjectNumberOf(number);
  const fields = findings.flatMap(({ field }) => (field === null ? [] : [field]));
  return tell(step, {
    type,
    about: `${type}:${id}${which === '' ? '' : `:${which}`}`,
    readers: [{ accountId, detail }, ...(alsoProvider ? [{ accountId: null, detail }] : [])],
    dataFor: () => ({
      record: { accountId, subjectNumber, serviceNumber, domainName },
      demand: { id, accountId, serviceNumber, domainName, demandedBy, fields, dueOn, ...more },
    }),
  });
}

interface DemandTold {
  readonly type: DemandNews;
  /** Where there are several of a type: which one it is. */
  readonly which?: string;
  readonly more?: Readonly<Record<string, string>>;
  /** The provider's people are told, too. */
  readonly alsoProvider?: boolean;
}
