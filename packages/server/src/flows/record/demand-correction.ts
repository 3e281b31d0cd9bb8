import { addMonths, dayOf } from '@openbeian/model/calendar';
import { demandReminders, nextOf } from '@openbeian/model/filing';
import { type Finding, formFor, hasField } from '@openbeian/model/forms';
import { parseFilingNumbers } from '@openbeian/model/number';
import type { DemandRow } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import { command } from '../command/operation.ts';
import { sayIn } from '../command/said.ts';
import type { Step } from '../command/step.ts';
import { formContextOf } from '../filing/form-values.ts';
import { demandViewOf } from './list-demands.ts';
import { tellOfDemand } from './tell-of-demand.ts';

interface DemandCorrectionInput {
  readonly serviceNumber: string;
  readonly demandedBy: DemandRow['demandedBy'];
  readonly dueOn?: string | undefined;
  /** What is wrong, at fields of the form. */
  readonly items: readonly { readonly field: string; readonly comment: string }[];
}

/**
 * The provider, or the authority through it, wants something of a record put right (核查整改). Its owner starts a correction in which
 * only these fields are open. `input.invalid` for a field that the form does not have, and a day that is over.
 */
export const demandCorrection = command(
  { id: 'demandCorrection', faults: ['object.not_found', 'demand.open'] },
  async (step, input: DemandCorrectionInput) => {
    const { deps, tx, actor, at } = step;
    const [number] = parseFilingNumbers(input.serviceNumber, dayOf(at)).numbers;
    const service = number === undefined ? null : await tx.records.findServiceByNumber(number.canonical);
    const subject = service === null ? null : await tx.records.findSubject(service.subjectRecordId);
    const last = service === null ? null : await tx.filings.findLastFiledOf({ serviceNumber: service.number });
    if (service?.state !== 'filed' || subject === null || last === null) throw step.fault('object.not_found');
    if (input.dueOn !== undefined) refuseStrangeDue(step, input.dueOn);
    const form = formFor({ ...formContextOf(deps, last, at), kind: 'correction', subjectKind: subject.subjectKind });
    const findings: Finding[] = [];
    for (const [index, item] of input.items.entries()) {
      if (!hasField(form, item.field)) throw unknownField(step, index);
      findings.push(await findingOf(step, item, input.demandedBy));
    }
    const demand: DemandRow = {
      id: deps.ids.next('dem'),
      serviceNumber: service.number,
      demandedBy: input.demandedBy,
      findings,
      dueOn: input.dueOn ?? null,
      madeAt: at,
      madeBy: actor.userId,
      endedAt: null,
      ending: null,
    };
    if (!(await tx.demands.insert(demand))) throw step.fault('demand.open');
    const fields = input.items.map(({ field }) => field);
    const detail = { demandId: demand.id, demandedBy: demand.demandedBy, fields };
    await recordAudit(step, 'CorrectionDemanded', { kind: 'record', id: service.number }, detail);
    const { accountId } = subject;
    const { serviceName, domainName } = service;
    if (demand.dueOn !== null) {
      const reminders = demandReminders(demand.dueOn, deps.desk.demandReminderDays);
      await tx.reminders.put({ kind: 'demand', itemId: demand.id }, nextOf(reminders, at));
    }
    const listed = { ...demand, accountId, serviceName, domainName };
    await tellOfDemand(step, listed, { type: 'CorrectionDemanded' });
    return demandViewOf(listed);
  },
);

/** A mistyped year is no time limit. */
const longestMonths = 120;

function refuseStrangeDue({ at, fault }: Step, dueOn: string): void {
  const [today, last] = [dayOf(at), addMonths(dayOf(at), longestMonths)];
  if (dueOn >= today && dueOn <= last) return;
  const places = [
    { path: 'dueOn', expected: `a day from today to ${last}`, expectedZh: `应为今天至 ${last} 之间的日期` },
  ];
  throw fault('input.invalid', { places });
}

const unknownField = (step: Step, index: number) =>
  step.fault('input.invalid', {
    places: [{ path: `items[${index}].field`, expected: 'a field of the form', expectedZh: '应为备案表单中的栏目' }],
  });

async function findingOf(
  step: Step,
  { field, comment }: DemandCorrectionInput['items'][number],
  demandedBy: DemandRow['demandedBy'],
): Promise<Finding> {
  const said = await sayIn(step, 'elsewhere', comment.trim());
  return {
    field,
    rule: 'demand',
    message: { zh: `核查要求：${said}`, en: `Correction demanded: ${said}` },
    remedy: { zh: '请按要求更正后提交。', en: 'Correct it and submit.' },
    source: null,
    from: demandedBy === 'authority' ? 'authority' : 'reviewer',
  };
}
