import { findProvince } from '@openbeian/model/province';
import type { Filing, FilingForm } from '../../api/shapes.ts';
import { useText } from '../../language/language.tsx';
import { AccountName } from '../../parts/account-name.tsx';
import { FindingList } from '../../parts/finding-list.tsx';
import { Panel } from '../../parts/panel.tsx';
import { DueView } from '../filing/due-view.tsx';
import { filingWords } from '../filing/words.ts';
import { ClaimButton, ClaimHolder } from './claim-button.tsx';
import { ReviewMarks } from './review-marks.tsx';
import { reviewWords } from './words.ts';

/** Who works on the filing; whoever wants to see hidden fields claims it here. */
export function ClaimPanel({ filing }: { readonly filing: Filing }) {
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
export function PreCheck({ findings, labelOf }: PreCheckProps) {
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

/** What it is, where from, and until when. */
export function FilingFacts({ filing }: { readonly filing: Filing }) {
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
          <dt>{t.filing.dueAt}</dt>
          <dd>
            <DueView dueAt={filing.dueAt} provisional={filing.dueProvisional} />
            <ReviewMarks filing={filing} />
          </dd>
        </div>
        <div>
          <dt>{t.filing.account}</dt>
          <dd>
            <AccountName id={filing.accountId} whole />
          </dd>
        </div>
      </dl>
    </Panel>
  );
}
