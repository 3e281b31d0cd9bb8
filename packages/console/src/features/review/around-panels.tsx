import { isMaterialPlace } from '@openbeian/model/filing';
import { Link } from 'react-router';
import type { AnswerOf } from '../../api/client.ts';
import type { FilingForm } from '../../api/shapes.ts';
import { useText } from '../../language/language.tsx';
import { Panel } from '../../parts/panel.tsx';
import { State } from '../../parts/state.tsx';
import { fieldId } from '../filing/field-id.ts';
import { FilingState } from '../filing/filing-state.tsx';
import { shownValue } from '../filing/shown-value.ts';
import { reviewWords } from './words.ts';

type Review = AnswerOf<'getReview'>;

/** What changed since the submission before, or from what is on record; nothing on a first submission. */
export function ChangesPanel({
  review,
  form,
  labelOf,
}: {
  readonly review: Review;
  readonly form: FilingForm;
  readonly labelOf: (field: string | null) => string;
}) {
  const { t, pick, instant } = useText(reviewWords);
  const { since, changes } = review;
  if (since === null) return null;
  const fields = new Map(form.sections.flatMap((section) => section.fields).map((field) => [field.path, field]));
  const pictures = (before: number, after: number) => {
    if (before === 0) return t.review.picturesNew(after);
    return after === 0 ? t.review.picturesGone(before) : t.review.picturesOther(before, after);
  };
  const textOf = (path: string, value: unknown) => {
    const field = fields.get(path);
    return (field && shownValue(field, value, pick)) || t.review.emptyValue;
  };
  return (
    <Panel title={t.review.changes}>
      <p className="soft">{t.review.changesSince[since.from](instant(since.at))}</p>
      {changes.length === 0 && <p className="state good">{t.review.noChanges}</p>}
      <ul className="lines">
        {changes.map(({ field, before, after, certain }) => (
          <li key={field}>
            <a href={`#${fieldId(field)}`}>{labelOf(field)}</a>
            <p className="wrap">
              {isMaterialPlace(field) ? (
                pictures(Number(before), Number(after))
              ) : (
                <>
                  <span className="soft">{textOf(field, before)}</span> → {textOf(field, form.values[field])}
                </>
              )}
            </p>
            {!certain && <p className="faint">{t.review.changedUncertain}</p>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** The organiser's other filings and records. */
export function OthersPanel({ others }: { readonly others: Review['others'] }) {
  const { t, pick } = useText(reviewWords);
  const { filings, records } = others;
  return (
    <Panel title={t.review.others}>
      {filings.length + records.length === 0 && <p className="soft">{t.review.noOthers}</p>}
      {filings.length > 0 && <h3>{t.review.otherFilings}</h3>}
      <ul className="lines">
        {filings.map((filing) => (
          <li key={filing.id} className="row">
            <Link to={`/filings/${filing.id}`}>{filing.domainName || filing.subjectNumber || filing.id}</Link>
            <span className="soft">{pick(filing.kindText)}</span>
            <FilingState filing={filing} />
          </li>
        ))}
      </ul>
      {records.length > 0 && <h3>{t.review.otherRecords}</h3>}
      <ul className="lines">
        {records.map((record) => (
          <li key={record.number} className="row">
            <span className="mono">{record.number}</span>
            <span className="wrap">{record.domainName}</span>
            <span className="soft">{record.serviceName}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** What the authority will not get, since its interface has no place for it. */
export function NotCarriedPanel({ losses, labelOf }: NotCarriedProps) {
  const { t, pick } = useText(reviewWords);
  if (losses.length === 0) return null;
  return (
    <Panel title={t.review.notCarried}>
      <ul className="lines">
        {losses.map(({ field, blocks, message }) => (
          <li key={`${field} ${message.zh}`}>
            <div className="row">
              <State tone={blocks ? 'warn' : 'quiet'}>{blocks ? t.review.notSent : t.review.leftOut}</State>
              <strong className="wrap">{labelOf(field)}</strong>
            </div>
            <p className="soft">{pick(message)}</p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

interface NotCarriedProps {
  readonly losses: Review['notCarried'];
  readonly labelOf: (field: string | null) => string;
}

/** Filings and records of others whose domain or service name is taken for this one's. */
export function SimilarPanel({ similar }: { readonly similar: Review['similar'] }) {
  const { t } = useText(reviewWords);
  return (
    <Panel title={t.review.similar}>
      {similar.length === 0 && <p className="state good">{t.review.noSimilar}</p>}
      <ul className="lines">
        {similar.map((one) => (
          <li key={`${one.filingId} ${one.number}`}>
            <div className="row">
              <State tone={one.likeness.startsWith('same') ? 'warn' : 'quiet'}>{t.review.likeness[one.likeness]}</State>
              {one.filingId === null ? (
                <strong className="wrap">{one.domainName}</strong>
              ) : (
                <Link to={`/filings/${one.filingId}`}>
                  <strong className="wrap">{one.domainName}</strong>
                </Link>
              )}
              <span className="soft">{one.serviceName}</span>
            </div>
            <p className="faint mono">{one.number ?? one.accountId}</p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
