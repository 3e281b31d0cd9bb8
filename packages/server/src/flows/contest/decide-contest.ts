import { openFilingStates, stateAfter } from '@openbeian/model/filing';
import type { Finding } from '@openbeian/model/forms';
import type { ContestRow, FilingRow } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import { recordFilingEvent } from '../command/events.ts';
import { onceForKeyPresenting } from '../command/once-for-key.ts';
import { commandInParts } from '../command/operation.ts';
import { sayIn } from '../command/said.ts';
import type { Step } from '../command/step.ts';
import { advanceFiling } from '../filing/advance-filing.ts';
import { changeFiling } from '../filing/filing-step.ts';
import { filingKindFlows } from '../filing/kinds.ts';
import { tellOfFiling } from '../notice/tell-of-filing.ts';
import { type ContestId, presentContest } from './contest-view.ts';
import { tellOfDecision } from './tell-of-contest.ts';

interface Decision {
  readonly contestId: string;
  readonly decision: 'upheld' | 'dismissed';
  readonly reasons: string;
}

type Faults = 'object.not_found' | 'object.changed' | 'filing.wrong_state' | 'contest.decided';

/**
 * An operator decides a contest, with reasons that both sides read. Upheld: the other filing is set aside: it comes back to
 * its customer with its form, code and quota, and holds neither name nor certificate. The contestant's filing holds what was
 * contested from now on, so that nobody submits before it. One that has become a record is no longer decided here.
 */
export const decideContest = commandInParts(
  { id: 'decideContest', faults: ['object.not_found', 'object.changed', 'filing.wrong_state', 'contest.decided'] },
  (request, input: Decision) => onceForKeyPresenting(request, input, (step) => decide(step, input), presentContest),
);

async function decide(step: Step<Faults>, { contestId, decision, reasons }: Decision): Promise<ContestId> {
  const { tx, actor, at } = step;
  const contest = await tx.contests.find(contestId);
  if (contest === null) throw step.fault('object.not_found');
  const said = await sayIn(step, 'elsewhere', reasons.trim());
  const decided = { decision, reasons: said, decidedBy: actor.userId, at };
  if (!(await tx.contests.decide(contestId, decided))) throw step.fault('contest.decided');
  const holder = await tx.filings.findForUpdate(contest.holderFilingId);
  if (holder === null) throw step.fault('object.not_found');
  if (decision === 'upheld') await giveToContestant(step, contest, { holder, reasons: decided.reasons });
  const about = { filingId: contest.filingId, holderFilingId: contest.holderFilingId };
  await recordAudit(
    step,
    'ContestDecided',
    { kind: 'contest', id: contestId },
    { ...about, decision, reasons: decided.reasons },
  );
  await tellOfDecision(step, contest, { decision, reasons: decided.reasons, holderDomainName: holder.domainName });
  return { contestId };
}

async function giveToContestant(
  step: Step<Faults>,
  contest: ContestRow,
  { holder, reasons }: { readonly holder: FilingRow; readonly reasons: string },
): Promise<void> {
  const { tx, at } = step;
  if (holder.state === 'filed') throw step.fault('filing.wrong_state');
  if (contest.about === 'domain_name') await tx.nameProofs.revoke(holder.accountId, holder.domainName);
  if (openFilingStates.includes(holder.state) && holder.setAsideAt === null) await setAside(step, holder, reasons);
  const filing = await tx.filings.findForUpdate(contest.filingId);
  if (filing === null || !openFilingStates.includes(filing.state)) return;
  // A third account may have taken it since the contest began: that would be another contest.
  const rival = await tx.filings.findRival(filing);
  if (rival !== null && (contest.about === 'certificate' || rival.domainName === filing.domainName)) return;
  const given = contest.about === 'domain_name' ? { nameProvenAt: at } : { subjectGivenAt: at };
  await changeFiling(step, filing, rival === null ? { ...given, setAsideAt: null } : given);
}

/** Nothing of it is lost: one that has left its customer's hands is taken back first. */
async function setAside(step: Step<Faults>, holder: FilingRow, reasons: string): Promise<void> {
  const finding: Finding = {
    field: null,
    rule: 'set_aside',
    message: { zh: `其他账号的申诉已被采纳：${reasons}`, en: `Another account’s contest was upheld: ${reasons}` },
    remedy: { zh: '如有异议，请联系运营人员。', en: 'Contact an operator if you disagree.' },
    source: null,
    from: 'provider',
  };
  const aside = { setAsideAt: step.at, nameProvenAt: null, subjectGivenAt: null };
  const isKept = stateAfter(holder.state, 'recall') === null;
  const after = isKept
    ? await changeFiling(step, holder, { ...aside, findings: [...holder.findings, finding] })
    : await advanceFiling(step, holder, 'recall', { change: { ...aside, findings: [finding] }, detail: {} });
  if (!isKept) await filingKindFlows[holder.kind].onEnded(step, holder);
  await recordFilingEvent(step, holder.id, 'FilingSetAside', {});
  // Its people read the decision, which says so.
  await tellOfFiling(step, after, 'FilingSetAside', { to: [] });
}
