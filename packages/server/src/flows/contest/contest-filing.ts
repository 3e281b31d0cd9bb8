import { checkForm, isSubmittable } from '@openbeian/model/forms';
import { type ContestRow, sealingContexts } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import { recordFilingEvent } from '../command/events.ts';
import { onceForKeyPresenting } from '../command/once-for-key.ts';
import { commandInParts } from '../command/operation.ts';
import { ownAccount, requireVisible } from '../command/permission.ts';
import type { Step } from '../command/step.ts';
import { checkContextOf, currentFormValues } from '../filing/form-values.ts';
import { isEditable } from '../filing/form-view.ts';
import { refuseRecordedElsewhere } from '../filing/recorded-elsewhere.ts';
import { type ContestId, presentContest } from './contest-view.ts';
import { tellOfContest } from './tell-of-contest.ts';

/**
 * Says that a name or a certificate that another account's filing holds is the account's own; an operator decides. As
 * submitting, it needs a whole form: whoever asks for others' names and certificates has filled one in for each.
 */
export const contestFiling = commandInParts(
  {
    id: 'contestFiling',
    faults: [
      'object.not_found',
      'filing.wrong_state',
      'filing.form_incomplete',
      'filing.not_held',
      'filing.subject_in_other_account',
      'filing.name_in_other_account',
      'filing.contest_open',
    ],
  },
  (request, input: ContestInput) =>
    onceForKeyPresenting(request, input, (step) => openContest(step, input), presentContest),
);

interface ContestInput {
  readonly filingId: string;
  readonly statement: string;
}

type Faults =
  | 'object.not_found'
  | 'filing.wrong_state'
  | 'filing.form_incomplete'
  | 'filing.not_held'
  | 'filing.subject_in_other_account'
  | 'filing.name_in_other_account'
  | 'filing.contest_open';

async function openContest(step: Step<Faults>, { filingId, statement }: ContestInput): Promise<ContestId> {
  const { deps, tx, actor, at } = step;
  ownAccount(actor);
  const filing = requireVisible(step, await tx.filings.find(filingId), (one) => [one.accountId]);
  if (!isEditable(filing)) throw step.fault('filing.wrong_state');
  const findings = checkForm(currentFormValues(deps, filing, at), checkContextOf(deps, filing, at));
  if (!isSubmittable(findings)) throw step.fault('filing.form_incomplete', { findings });
  // A record is moved or cancelled by an operator; there is no filing to decide about.
  await refuseRecordedElsewhere(step, filing);
  const holder = await tx.filings.findRival(filing);
  if (holder === null) throw step.fault('filing.not_held');
  const about = holder.domainName === filing.domainName ? 'domain_name' : 'certificate';
  const id = deps.ids.next('cst');
  const contest: ContestRow = {
    id,
    filingId,
    accountId: filing.accountId,
    holderFilingId: holder.id,
    holderAccountId: holder.accountId,
    about,
    domainName: filing.domainName,
    sealedStatement: deps.vault.seal(statement.trim(), sealingContexts.contests(id)),
    openedAt: at,
    decision: null,
    reasons: null,
    decidedBy: null,
    decidedAt: null,
  };
  if (!(await tx.contests.insert(contest))) throw step.fault('filing.contest_open');
  await recordFilingEvent(step, filingId, 'FilingContested', { about });
  await recordAudit(step, 'FilingContested', { kind: 'contest', id }, { filingId, about });
  await tellOfContest(step, contest, holder.domainName);
  return { contestId: id };
}
