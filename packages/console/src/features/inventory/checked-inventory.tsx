import type { CheckResult, Decision } from '../../api/shapes.ts';
import { useText } from '../../language/language.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { State } from '../../parts/state.tsx';
import { outcomeTone } from '../resource/outcome.ts';
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
    { key: 'file', label: t.resource.file, render: (row) => <OutcomeWithReasons decision={row.file} /> },
    { key: 'issue', label: t.resource.issue, render: (row) => <OutcomeWithReasons decision={row.issue} /> },
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

function OutcomeWithReasons({ decision }: { readonly decision: Decision }) {
  const { t, pick } = useText(resourceWords);
  return (
    <div>
      <State tone={outcomeTone[decision.outcome]}>{t.outcome[decision.outcome]}</State>
      {decision.reasons.map((reason) => (
        <p key={reason.code} className="faint" style={{ whiteSpace: 'normal', maxWidth: 360 }}>
          {pick(reason.message)}
        </p>
      ))}
    </div>
  );
}
