import { materialNameAt } from '@openbeian/model/materials';
import { useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import type { AnswerOf } from '../../api/client.ts';
import type { FilingForm } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { FilingState } from '../filing/filing-state.tsx';
import { labelsOf } from '../filing/form-labels.ts';
import { FormReader } from '../filing/form-reader.tsx';
import { History } from '../filing/history.tsx';
import { filingWords } from '../filing/words.ts';
import { MaterialsViewer } from '../materials/materials-viewer.tsx';
import { mayOpenMaterials } from '../materials/may-open-materials.ts';
import { useSession } from '../session/session-context.tsx';
import { VerificationPanel } from '../verification/verification-panel.tsx';
import { ChangesPanel, NotCarriedPanel, OthersPanel, SimilarPanel } from './around-panels.tsx';
import { CallsPanel } from './calls-panel.tsx';
import { CheckList, useTicks } from './check-list.tsx';
import { LookUpsPanel } from './look-ups-panel.tsx';
import { ObjectionDialog } from './objection-dialog.tsx';
import { type Objection, withObjection } from './opinion.ts';
import { OpinionPanel } from './opinion-panel.tsx';
import { queueFilterOf } from './queue-filter.ts';
import { ResourceCheck } from './resource-check.tsx';
import { ClaimPanel, FilingFacts, PreCheck } from './review-facts.tsx';
import './review.css';
import { ReviewKeys } from './review-keys.tsx';
import { reviewPath, useClaimNext } from './use-claim-next.ts';
import { useOpinion } from './use-opinion.tsx';
import { reviewWords } from './words.ts';

/** The review of one filing: everything about it on the left, the reviewer’s opinion on the right. Keyed, so that the next one begins afresh. */
export function ReviewPage() {
  const filingId = useParams().filingId ?? '';
  return <ReviewOf key={filingId} filingId={filingId} />;
}

function ReviewOf({ filingId }: { readonly filingId: string }) {
  const { t } = useText(reviewWords);
  const [search] = useSearchParams();
  const queue = reviewPath(null, queueFilterOf(search));
  const params = { filingId };
  const found = useAnswer('getFiling', { params });
  const form = useAnswer('getFilingForm', { params });
  const review = useAnswer('getReview', { params });
  return (
    <Page
      title={
        found.data
          ? `${t.review.pageTitle} · ${found.data.filing.domainName || (found.data.filing.subjectNumber ?? '')}`
          : t.review.pageTitle
      }
      crumbs={[{ to: queue, label: t.review.title }]}
      beside={found.data && <FilingState filing={found.data.filing} pill />}
      topic="page:review"
    >
      <Loaded query={found}>
        {(answer) => (
          <Loaded query={form}>
            {(shown) => (
              <Loaded query={review}>
                {(around) => <ReviewView answer={answer} form={shown} review={around} queue={queue} />}
              </Loaded>
            )}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}

interface ReviewViewProps {
  readonly answer: AnswerOf<'getFiling'>;
  readonly form: FilingForm;
  readonly review: AnswerOf<'getReview'>;
  /** The address of the queue that it is a part of. */
  readonly queue: string;
}

function ReviewView({ answer, form, review, queue }: ReviewViewProps) {
  const { t, pick } = useText(filingWords, reviewWords);
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const { filing } = answer;
  const [objections, setObjections] = useState<readonly Objection[]>([]);
  const [flagging, setFlagging] = useState<{ readonly field: string | null } | null>(null);
  const { claimNext } = useClaimNext(queueFilterOf(search));
  const opinion = useOpinion(filing, objections, queue);
  const tick = useTicks(filing.id);
  const labels = labelsOf(form, pick);
  const labelOf = (field: string | null) =>
    field === null ? t.part.wholeFiling : (labels.get(field) ?? (pick(materialNameAt(field)) || field));
  const deciding = filing.actions.includes('return') || filing.actions.includes('pass');
  const flag = (field: string | null) => setFlagging({ field });
  const flags = { has: (path: string) => objections.some((one) => one.field === path), onFlag: flag };
  return (
    <div className="main-aside">
      <ReviewKeys
        onNext={claimNext}
        onQueue={() => void navigate(queue)}
        {...(deciding && { opinion, onFlag: flag, onTickAll: () => tick(untickedOf(form, review), true) })}
      />
      <Matter
        answer={answer}
        form={form}
        review={review}
        labelOf={labelOf}
        deciding={deciding}
        {...(deciding && { flags, onTick: tick })}
      />
      {deciding && (
        <a className="to-decision" href="#decision">
          {t.review.toDecision}
        </a>
      )}
      <div className="sticky" id="decision">
        <ClaimPanel filing={filing} />
        {deciding && (
          <OpinionPanel
            filing={filing}
            opinion={opinion}
            objections={objections}
            labelOf={labelOf}
            onChange={setObjections}
            onFlagWhole={() => flag(null)}
          />
        )}
      </div>
      {flagging && (
        <ObjectionDialog
          place={{ field: flagging.field, subjectKind: filing.subjectKind }}
          label={labelOf(flagging.field)}
          onAdd={(added) => setObjections((all) => added.reduce<readonly Objection[]>(withObjection, all))}
          onClose={() => setFlagging(null)}
        />
      )}
    </div>
  );
}

const untickedOf = ({ checkList }: FilingForm, { ticks }: AnswerOf<'getReview'>): string[] =>
  (checkList ?? []).map(({ rule }) => rule).filter((rule) => !ticks.some((one) => one.rule === rule));

interface MatterProps extends Omit<ReviewViewProps, 'queue'> {
  readonly labelOf: (field: string | null) => string;
  readonly deciding: boolean;
  readonly flags?: { readonly has: (path: string) => boolean; readonly onFlag: (path: string) => void };
  readonly onTick?: ReturnType<typeof useTicks>;
}

/** Everything that the reviewer looks at. */
function Matter({ answer, form, review, labelOf, deciding, flags, onTick }: MatterProps) {
  const { filing, events } = answer;
  const session = useSession();
  const changes = new Map(review.changes.map((change) => [change.field, change]));
  return (
    <div>
      <FilingFacts filing={filing} />
      <ChangesPanel review={review} form={form} labelOf={labelOf} />
      <ResourceCheck filing={filing} />
      <PreCheck findings={form.findings} labelOf={labelOf} />
      <NotCarriedPanel losses={review.notCarried} labelOf={labelOf} />
      <SimilarPanel similar={review.similar} />
      <OthersPanel others={review.others} />
      <FormReader filing={filing} form={form} findings={filing.findings} changes={changes} {...(flags && { flags })} />
      <MaterialsViewer
        filingId={filing.id}
        changed={changes}
        mayOpen={mayOpenMaterials(filing, session)}
        {...(flags && { flags })}
      />
      <LookUpsPanel filingId={filing.id} lookUps={review.lookUps} mayAsk={deciding} />
      <VerificationPanel filing={filing} mayDecide={deciding} />
      <CheckList
        items={form.checkList}
        ticks={review.ticks}
        lookUps={review.lookUps}
        required={review.ticksRequired}
        {...(onTick && { onTick })}
      />
      <CallsPanel filing={filing} calls={review.calls} mayCall={deciding} />
      <History events={events} />
    </div>
  );
}
