import type { CheckContext } from '@openbeian/model/forms';
import type { LowerBounds, ProvinceFacts } from '@openbeian/model/province';
import type { FilingRow, OrganiserStand } from '../../ports/index.ts';
import type { FlowDeps } from '../command/deps.ts';
import type { Step } from '../command/step.ts';
import { checkContextOf } from './form-values.ts';

/** As `checkContextOf`, with what no form says: how the account is verified, and what is on record of the organiser. */
export async function fullCheckContextOf({ deps, tx, at }: Pick<Step, 'deps' | 'tx' | 'at'>, filing: FilingRow) {
  const stand = await tx.records.findOrganiserStand(filing);
  const context: CheckContext = checkContextOf(deps, filing, at);
  if (stand === null) return context;
  const { known, atLeast } = organiserFacts(stand, filing);
  return { ...context, known: { ...known, ...agencyFacts(deps, stand, filing) }, atLeast };
}

/**
 * Whose filing it is. An organiser that is on record in the account is its own. Where nothing is, the real name's kind says so, and
 * what the account files or has filed for others: the first organiser that it submits is taken for its own.
 */
export const isForOther = (stand: OrganiserStand, { subjectKind }: Pick<FilingRow, 'subjectKind'>): boolean =>
  !stand.isOnRecord &&
  (fits(stand.realName, subjectKind) === false || stand.holdsOtherSubject || stand.filesOtherSubject);

const agencyFacts = ({ materials }: FlowDeps, stand: OrganiserStand, filing: FilingRow): ProvinceFacts => ({
  'account.filesForOther': isForOther(stand, filing),
  'account.mayFileForOthers': stand.mayFileForOthers,
  // Where no pictures are demanded the reviewer asks for it.
  'account.agencyProofGiven': stand.hasAgencyLetter || (materials.areRequired ? false : undefined),
});

/**
 * Facts that rules of provinces ask for, from the account and its records. What other providers have on record of the organiser
 * is not known here: its counts are those that there are at least, except for whoever files for the first time.
 */
function organiserFacts(
  stand: OrganiserStand,
  filing: Pick<FilingRow, 'kind' | 'serviceKind' | 'subjectKind' | 'domainName' | 'serviceNumber' | 'form'>,
): { readonly known: ProvinceFacts; readonly atLeast: LowerBounds } {
  const others = stand.services.filter(
    ({ number, serviceKind, domainName }) =>
      number !== filing.serviceNumber &&
      !(serviceKind === filing.serviceKind && domainName === filing.domainName && domainName !== ''),
  );
  const counts = countsOf(others, filing.domainName);
  const name = filing.form['service.name'];
  const isTaken = others.some(({ serviceName }) => serviceName === name);
  const isFirst = filing.kind === 'first' && !stand.isOnRecord;
  return {
    known: {
      'account.realNameFits': fits(stand.realName, filing.subjectKind),
      'account.holdsOtherSubject': stand.holdsOtherSubject,
      'subject.isShell': stand.isOnRecord ? stand.services.length === 0 : undefined,
      'service.nameIsTaken': isTaken || (isFirst ? false : undefined),
      ...(isFirst ? counts : {}),
    },
    atLeast: isFirst ? {} : counts,
  };
}

/** Those on record and the one of the filing; a filing of the organiser alone adds none. */
function countsOf(others: OrganiserStand['services'], domainName: string) {
  const own = domainName === '' ? [] : [domainName];
  const domains = new Set([...others.map((service) => service.domainName), ...own]);
  return {
    'subject.services': others.length + own.length,
    'subject.domains': domains.size,
    'subject.prefixes': new Set([...domains].map((name) => name.split('.', 1)[0])).size,
  };
}

/** Directories often know units of one kind only: of units that differ nothing is said. */
function fits(realName: string, subjectKind: FilingRow['subjectKind']): boolean | undefined {
  if (realName === subjectKind) return true;
  return realName === 'individual' || subjectKind === 'individual' ? false : undefined;
}
