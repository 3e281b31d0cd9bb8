import type { CheckResult, Decision } from '../../api/shapes.ts';
import { useText } from '../../language/language.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { State } from '../../parts/state.tsx';
import { outcomeTone } from '../resource/outcome.ts';
import { splitReasons } from '../resource/split-reasons.ts';
import { resourceWords } from '../resource/words.ts';

/** What the rules say about an inventory that is not stored. */
export function CheckedInventory({ results }: { readonly results: readonly CheckResult[] }) {
  const { t, day } = useText(resourceWords);
  const columns: Column<CheckResult>[] = [
    {
      key: 'resource',
      label: t.resource.name,
      onCard: 'title',
      render: (row) => (
        <div>
          <span className="mono">{row.resource}</span>
          <div className="faint mono">{row.policy?.id ?? t.resource.noPolicy}</div>
        </div>
      ),
    },
    { key: 'file', label: t.resource.file, render: (row) => <Outcome decision={row.file} /> },
    { key: 'issue', label: t.resource.issue, render: (row) => <Outcome decision={row.issue} /> },
    { key: 'reasons', label: t.resource.reasons, render: (row) => <Reasons row={row} /> },
    {
      key: 'goodUntil',
      label: t.resource.goodUntil,
      render: (row) => <span className="number">{day(row.goodUntil)}</span>,
    },
  ];
  return (
    <Listing label={t.resource.title} rows={results} rowKey={(row) => row.resource} columns={columns} empty={null} />
  );
}

function Outcome({ decision }: { readonly decision: Decision }) {
  const { t } = useText(resourceWords);
  return <State tone={outcomeTone[decision.outcome]}>{t.outcome[decision.outcome]}</State>;
}

/** Each reason once, with the uses that it is against. */
function Reasons({ row }: { readonly row: CheckResult }) {
  const { t, pick } = useText(resourceWords);
  const split = splitReasons(row);
  return (['both', 'file', 'issue'] as const).flatMap((against) =>
    split[against].map((reason) => (
      <p key={`${against} ${reason.code}`} className="faint" style={{ whiteSpace: 'normal', maxWidth: 480 }}>
        {t.app.labelled(t.resource.reasonOf[against], pick(reason.message))}
      </p>
    )),
  );
}
