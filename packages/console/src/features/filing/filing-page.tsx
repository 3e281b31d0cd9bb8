import { filingKindTable } from '@openbeian/model/filing';
import { findProvince } from '@openbeian/model/province';
import { verificationNameAt } from '@openbeian/model/verification';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import type { AnswerOf } from '../../api/client.ts';
import type { Filing, FilingForm, Finding } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { AccountName } from '../../parts/account-name.tsx';
import { FindingList } from '../../parts/finding-list.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { Panel } from '../../parts/panel.tsx';
import { resourceWords } from '../resource/words.ts';
import { reviewWords } from '../review/words.ts';
import { mayChange, useSession } from '../session/session-context.tsx';
import { VerificationPanel } from '../verification/verification-panel.tsx';
import { BindPanel } from './bind-panel.tsx';
import { isAsked, isEditable } from './editable.ts';
import { EmptyFields } from './empty-fields.tsx';
import { FilingActions } from './filing-actions.tsx';
import { FilingState } from './filing-state.tsx';
import { labelsOf } from './form-labels.ts';
import { History } from './history.tsx';
import { NameProofPanel } from './name-proof-panel.tsx';
import { ProgressPanel } from './progress-panel.tsx';
import { filingWords } from './words.ts';

/** One filing: its state, who acts next, what is open, what happened. */
export function FilingPage() {
  const { t } = useText(filingWords);
  const { role } = useSession();
  const filingId = useParams().filingId ?? '';
  const found = useAnswer('getFiling', { params: { filingId } }, { refreshMs: 15_000 });
  return (
    <Page
      title={found.data?.filing.domainName || (found.data?.filing.subjectNumber ?? t.filing.title)}
      crumbs={[{ to: '/filings', label: role === 'customer' ? t.filing.mine : t.filing.title }]}
      beside={found.data && <FilingState filing={found.data.filing} pill />}
      topic="page:filing"
      actions={found.data && <FilingActions filing={found.data.filing} />}
    >
      <Loaded query={found}>{(answer) => <FilingView answer={answer} />}</Loaded>
    </Page>
  );
}

/** What opens a service has a place; what changes one has another if it moves. */
const mayHold = ({ kind }: Filing): boolean => filingKindTable[kind].opens || kind === 'change_site';

function FilingView({ answer }: { readonly answer: AnswerOf<'getFiling'> }) {
  const { filing } = answer;
  const session = useSession();
  const editable = isEditable(filing, session);
  // What a reviewer asks for is fields.
  const rebindable = editable && !isAsked(filing);
  const form = useAnswer('getFilingForm', { params: { filingId: filing.id } });
  return (
    <>
      <ProgressPanel filing={filing} sms={answer.sms} handOver={answer.handOver} site={answer.site} />
      <div className="main-aside">
        <div>
          {filing.findings.length > 0 && <Opinions filing={filing} form={form.data} editable={editable} />}
          <FormPanel filing={filing} form={form.data} editable={editable} />
          <VerificationPanel filing={filing} mayStart={editable} />
          {mayHold(filing) && <BindPanel filing={filing} editable={rebindable} />}
          {rebindable && answer.nameProof && <NameProofPanel filing={filing} proof={answer.nameProof} />}
          <FilingFacts filing={filing} />
        </div>
        <History events={answer.events} />
      </div>
    </>
  );
}

interface PartProps {
  readonly filing: Filing;
  readonly form: FilingForm | undefined;
  readonly editable: boolean;
}

/** What the reviewer or the authority has against it, each at its field. */
function Opinions({ filing, form, editable }: PartProps) {
  const { pick } = useText();
  const labels = labelsOf(form, pick, filing.findings);
  return (
    <Panel title={pick(filing.stateText)}>
      <FindingList
        findings={filing.findings}
        labelOf={(field) => labels.get(field) ?? field}
        {...(editable
          ? { hrefOf: (field: string) => `/filings/${filing.id}/form?field=${encodeURIComponent(field)}` }
          : {})}
      />
    </Panel>
  );
}

/** Nothing is there yet, which is no mistake. */
const isEmptyOf = ({ rule }: Finding): boolean => rule === 'required' || rule === 'material.missing';

interface FindingPlaceProps {
  readonly field: string | null;
  /** The form's address. */
  readonly to: string;
  readonly labels: ReadonlyMap<string, string>;
}

/** Where a finding is put right: in the form, or, for what is done on this page, at its panel. */
function FindingPlace({ field, to, labels }: FindingPlaceProps) {
  const { t } = useText();
  if (field === null) return <Link to={to}>{t.part.wholeFiling}</Link>;
  const label = labels.get(field) ?? field;
  if (verificationNameAt(field) !== null) return <a href="#verification">{label}</a>;
  return <Link to={`${to}?field=${encodeURIComponent(field)}`}>{label}</Link>;
}

/** How far the form is, and what the check still has against it. */
function FormPanel({ filing, form, editable }: PartProps) {
  const { t, pick } = useText(filingWords);
  const mayFill = mayChange(useSession()) && editable;
  const labels = labelsOf(form, pick);
  const findings = form?.findings.filter((finding) => finding.from === 'pre_check') ?? [];
  const advice = form?.findings.filter((finding) => finding.from === 'advice') ?? [];
  const wrong = findings.filter((finding) => !isEmptyOf(finding));
  const empty = findings.filter(isEmptyOf);
  const to = `/filings/${filing.id}/form`;
  const linkTo = ({ field }: Finding) => <FindingPlace field={field} to={to} labels={labels} />;
  return (
    <Panel
      title={t.filing.form}
      actions={
        <Link to={to}>
          <Button type={mayFill && findings.length > 0 ? 'primary' : 'default'}>
            {mayFill ? (findings.length > 0 ? t.filing.fillForm : t.filing.editForm) : t.filing.viewForm}
          </Button>
        </Link>
      }
    >
      {editable && form !== undefined && (
        <>
          <p className={findings.length === 0 ? 'state long good' : 'soft'}>
            {findings.length > 0
              ? t.filing.checkOpen(findings.length)
              : filing.findings.length > 0
                ? t.filing.checkFineBesides
                : t.filing.checkFine}
          </p>
          <ul className="open-items">
            {wrong.map((finding) => (
              <li key={`${finding.field} ${finding.rule}`}>
                {linkTo(finding)}
                <span className="soft"> {pick(finding.message)}</span>
              </li>
            ))}
          </ul>
          <EmptyFields form={form} findings={empty} linkTo={linkTo} />
          <FindingList findings={advice} labelOf={(field) => labels.get(field) ?? field} />
        </>
      )}
      {!editable && <p className="soft">{t.form.readOnly}</p>}
    </Panel>
  );
}

function FilingFacts({ filing }: { readonly filing: Filing }) {
  const { t, pick, word, instant } = useText(filingWords, resourceWords, reviewWords);
  const { claim } = filing;
  const facts: [string, ReactNode][] = [
    [t.filing.kind, pick(filing.kindText)],
    [t.filing.serviceKind, word(t.factValue, filing.serviceKind)],
    [t.filing.subjectKind, word(t.factValue, filing.subjectKind)],
    [t.filing.province, pick(findProvince(filing.provinceCode)) || filing.provinceCode],
    [t.filing.subjectNumber, filing.subjectNumber],
    [t.filing.serviceNumber, filing.serviceNumber],
    [t.filing.account, <AccountName key="account" id={filing.accountId} whole />],
    [
      t.review.claimHolder,
      claim && `${claim.holderName ?? claim.holderId} ${t.review.claimedUntil(instant(claim.until))}`,
    ],
    [t.filing.startedAt, instant(filing.startedAt)],
    [t.filing.updatedAt, instant(filing.updatedAt)],
    [t.app.id, filing.id],
  ];
  return (
    <Panel>
      <dl className="facts">
        {facts.map(
          ([label, value]) =>
            value !== null && (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
    </Panel>
  );
}
