import { Progress } from 'antd';
import type { ReactNode } from 'react';
import type { Decision } from '../../api/shapes.ts';
import { useText } from '../../language/language.tsx';
import { Panel } from '../../parts/panel.tsx';
import { State } from '../../parts/state.tsx';
import { outcomeTone } from './outcome.ts';
import type { ResourceAbout } from './remedy-action.tsx';
import { ResourceReasons } from './resource-reasons.tsx';
import { resourceWords } from './words.ts';

interface DecisionPanelProps {
  /** What it decides: each has a quota of its own, of sites or of codes. */
  readonly of: 'file' | 'issue';
  readonly title: string;
  readonly decision: Decision;
  /** Those of its reasons that stand here. */
  readonly reasons: Decision['reasons'];
  readonly about: ResourceAbout;
  readonly actions?: ReactNode;
}

/** One decision with everything behind it: outcome, quota, and all reasons, but those that another panel says for both. */
export function DecisionPanel({ title, of, decision, reasons, about, actions }: DecisionPanelProps) {
  const { t } = useText(resourceWords);
  const elsewhere = decision.reasons.length - reasons.length;
  return (
    <Panel
      title={title}
      beside={
        <State pill tone={outcomeTone[decision.outcome]}>
          {t.outcome[decision.outcome]}
        </State>
      }
      actions={actions}
    >
      <div className="stack">
        {decision.quota && <QuotaView decision={decision} label={t.resource.placesOf[of]} />}
        {reasons.length > 0 && (
          <ResourceReasons reasons={reasons} quiet={outcomeTone[decision.outcome] === 'quiet'} about={about} />
        )}
        {elsewhere > 0 && <p className="soft">{t.resource.reasonsBelow(elsewhere)}</p>}
        {decision.reasons.length === 0 && <p className="soft">{t.resource.fine}</p>}
      </div>
    </Panel>
  );
}

function QuotaView({ decision, label }: { readonly decision: Decision; readonly label: string }) {
  const { t } = useText(resourceWords);
  const { quota } = decision;
  if (quota === null) return null;
  if (quota.limit === null) return <p className="faint">{t.resource.quotaUsed(quota.used)}</p>;
  const full = quota.used >= quota.limit;
  return (
    <div>
      <div className="row" style={{ justifyContent: 'space-between' }}>
        <span className="faint">{label}</span>
        <span className="number">{t.resource.quotaOf(quota.used, quota.limit)}</span>
      </div>
      <Progress
        percent={quota.limit === 0 ? 100 : Math.min(100, (quota.used / quota.limit) * 100)}
        showInfo={false}
        size="small"
        railColor="var(--line)"
        strokeColor={full ? 'var(--bad)' : 'var(--brand)'}
        aria-label={`${label}: ${t.resource.quotaOf(quota.used, quota.limit)}`}
      />
    </div>
  );
}
