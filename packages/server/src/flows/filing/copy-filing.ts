import { commandInParts } from '../command/operation.ts';
import { ownAccount, requireVisible } from '../command/permission.ts';
import { inTransaction } from '../command/step.ts';
import { carryMaterials } from '../materials/carry-materials.ts';
import { currentFormValues, textIn } from './form-values.ts';
import { startWith } from './start-filing.ts';

/** What is of one name or app only, and does not go along to the next. */
const ofOneName = [
  'service.name',
  'service.homeUrl',
  'service.hasIcon',
  'service.platforms',
  'service.access.ipRanges',
];

/**
 * Starts a filing for another name with the organiser and everything else that a filing of the account was filled in with. Its
 * type is determined again, as by `startFiling`. Pictures of the same people and certificates go along.
 */
export const copyFiling = commandInParts(
  {
    id: 'copyFiling',
    faults: [
      'object.not_found',
      'account.not_verified',
      'filing.too_many_drafts',
      'filing.not_needed',
      'filing.kind_not_offered',
      'filing.already_open',
      'filing.conflict',
      'authority.unreachable',
      'idempotency.in_progress',
    ],
  },
  async (request, input: { readonly filingId: string; readonly domainName: string }) => {
    ownAccount(request.actor);
    const { source, values } = await inTransaction(request, async (step) => {
      const row = requireVisible(step, await step.tx.filings.find(input.filingId), (one) => [one.accountId]);
      return { source: row, values: currentFormValues(step.deps, row, step.at) };
    });
    const nature = textIn(values, 'subject.nature');
    const given = {
      domainName: input.domainName,
      serviceKind: source.serviceKind,
      subjectKind: source.subjectKind,
      provinceCode: source.provinceCode,
      certificateType: textIn(values, 'subject.certificateType'),
      certificateNumber: textIn(values, 'subject.certificateNumber'),
      ...(nature === '' ? {} : { nature }),
      ...(source.toldKind === null && source.subjectNumber !== null ? { subjectNumber: source.subjectNumber } : {}),
    };
    const carried = Object.fromEntries(Object.entries(values).filter(([path]) => !ofOneName.includes(path)));
    return startWith(request, given, {
      carried,
      asked: input,
      afterwards: (step, filing) => carryMaterials(step, source, filing),
    });
  },
);
