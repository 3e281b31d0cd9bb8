import { materialNameAt } from '@openbeian/model/materials';
import { findProvince } from '@openbeian/model/province';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { AnswerOf } from '../../api/client.ts';
import type { Filing, FilingForm } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { FindingList } from '../../parts/finding-list.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ReasonList } from '../../parts/reason-list.tsx';
import { State } from '../../parts/state.tsx';
import { FilingState } from '../filing/filing-state.tsx';
import { labelsOf } from '../filing/form-labels.ts';
import { FormReader } from '../filing/form-reader.tsx';
import { History } from '../filing/history.tsx';
import { filingWords } from '../filing/words.ts';
import { MaterialsViewer } from '../materials/materials-viewer.tsx';
import { mayOpenMaterials } from '../materials/may-open-materials.ts';
import { outcomeTone } from '../resource/outcome.ts';
import { passesUntil } from '../resource/passes-until.ts';
import { resourceWords } from '../resource/words.ts';
import { useSession } from '../session/session-context.tsx';
import { CheckList } from './check-list.tsx';
import { ClaimButton, ClaimHolder } from './claim-button.tsx';
import { ObjectionDialog } from './objection-dialog.tsx';
import { type Objection, withObjection } from './opinion.ts';
import { OpinionPanel } from './opinion-panel.tsx';
import { reviewWords } from './words.ts';

/** The initial review of one filing: its form and resource on the left, the reviewer’s opinion on the right. */
export function ReviewPage() {
  const { t } = useText(reviewWords);
  const filingId = useParams().filingId ?? '';
  const found = useAnswer('getFiling', { params: { filingId } });
  const form = useAnswer('getFilingForm', { params: { filingId } });
  return (
    <Page
      title={
        found.data
          ? `${t.review.pageTitle} · ${found.data.filing.domainName || (found.data.filing.subjectNumber ?? '')}`
          : t.review.pageTitle
      }
      crumbs={[{ to: '/review', label: t.review.title }]}
      beside={found.data && <FilingState filing={found.data.filing} pill />}
      topic="page:review"
    >
      <Loaded query={found}>
        {(answer) => <Loaded query={form}>{(shown) => <ReviewView answer={answer} form={shown} />}</Loaded>}
      </Loaded>
    </Page>
  );
}

interface ReviewViewProps {
  readonly answer: AnswerOf<'getFiling'>;
  readonly form: FilingForm;
}

function ReviewView({ answer, form }: ReviewViewProps) {
  const { t, pick } = useText(filingWords, reviewWords);
  const { filing, events } = answer;
  const [objections, setObjections] = useState<readonly Objection[]>([]);
  const [flagging, setFlagging] = useState<{ readonly field: string | null } | null>(null);
  const labels = labelsOf(form, pick);
  const labelOf = (field: string | null) =>
    field === null ? t.part.wholeFiling : (labels.get(field) ?? (pick(materialNameAt(field)) || field));
  const session = useSession();
  const flags = {
    has: (path: string) => objections.some((one) => one.field === path),
    onFlag: (path: string) => setFlagging({ field: path }),
  };
  const deciding = filing.actions.includes('return') || filing.actions.includes('pass');
  return (
    <div className="main-aside">
      <div>
        <FilingFacts filing={filing} />
        <ResourceCheck filing={filing} />
        <PreCheck findings={form.findings} labelOf={labelOf} />
        <CheckList items={form.checkList} />
        <FormReader filing={filing} form={form} findings={[]} {...(deciding ? { flags } : {})} />
        <MaterialsViewer
          filingId={filing.id}
          mayOpen={mayOpenMaterials(filing, session)}
          {...(deciding ? { flags } : {})}
        />
      </div>
      <div className="sticky">
        <ClaimPanel filing={filing} />
        {deciding && (
          <OpinionPanel
            filing={filing}
            objections={objections}
            labelOf={labelOf}
            onChange={setObjections}
            onFlagWhole={() => setFlagging({ field: null })}
          />
        )}
        <History events={events} />
      </div>
      {flagging && (
        <ObjectionDialog
          field={flagging.field}
          label={labelOf(flagging.field)}
          onAdd={(one) => setObjections((all) => withObjection(all, one))}
          onClose={() => setFlagging(null)}
        />
      )}
    </div>
  );
}

/** Who works on the filing; whoever wants to see hidden fields claims it here. */
function ClaimPanel({ filing }: { readonly filing: Filing }) {
  const { t } = useText(reviewWords);
  const { claim, actions } = filing;
  const isOthers = claim !== null && !claim.mine;
  if (claim === null && !actions.includes('claim')) return null;
  return (
    <Panel title={t.review.claimHolder} actions={<ClaimButton filing={filing} />}>
      <div className="stack">
        <ClaimHolder filing={filing} />
        <p className="soft">{isOthers ? t.review.claimedByOther : t.review.claimLead}</p>
      </div>
    </Panel>
  );
}

interface PreCheckProps {
  readonly findings: FilingForm['findings'];
  readonly labelOf: (field: string | null) => string;
}

/** What the check has against the form, and what the customer was advised to have ready: the reviewer looks for it. */
function PreCheck({ findings, labelOf }: PreCheckProps) {
  const { t } = useText(reviewWords);
  const against = findings.filter((finding) => finding.from === 'pre_check');
  return (
    <Panel title={t.review.preCheck}>
      {against.length === 0 && <p className="state good">{t.review.preCheckFine}</p>}
      <FindingList findings={against} labelOf={labelOf} />
      <FindingList findings={findings.filter((finding) => finding.from === 'advice')} labelOf={labelOf} />
    </Panel>
  );
}

function FilingFacts({ filing }: { readonly filing: Filing }) {
  const { t, pick } = useText(filingWords);
  return (
    <Panel>
      <dl className="facts">
        <div>
          <dt>{t.filing.kind}</dt>
          <dd>{pick(filing.kindText)}</dd>
        </div>
        <div>
          <dt>{t.filing.province}</dt>
          <dd>{pick(findProvince(filing.provinceCode)) || filing.provinceCode}</dd>
        </div>
        <div>
          <dt>{t.filing.account}</dt>
          <dd className="mono">{filing.accountId}</dd>
        </div>
      </dl>
    </Panel>
  );
}

/** Does the resource still carry this filing? Decided now, not when the filing was submitted. */
function ResourceCheck({ filing }: { readonly filing: Filing }) {
  const { t, pick, day } = useText(resourceWords, reviewWords);
  const resource = useAnswer(
    'getResource',
    { params: { resourceId: filing.resourceId ?? '' } },
    { enabled: filing.resourceId !== null },
  );
  if (filing.resourceId === null) return null;
  return (
    <Panel title={t.review.resourceCheck}>
      <Loaded query={resource}>
        {(found) => (
          <div className="stack">
            <div className="row">
              <Link className="mono" to={`/resources/${encodeURIComponent(found.id)}`}>
                {found.id}
              </Link>
              <span className="soft">{pick(found.productName)}</span>
              <State tone={outcomeTone[found.check.file.outcome]}>{t.outcome[found.check.file.outcome]}</State>
              <span className="faint">
                {t.resource.goodUntil} {day(passesUntil(found))}
              </span>
            </div>
            {filing.codeId !== null && <p className="faint">{t.review.resourceByCode}</p>}
            <ReasonList reasons={found.check.file.reasons} />
          </div>
        )}
      </Loaded>
    </Panel>
  );
}
