import { Alert, Radio } from 'antd';
import type { Resource } from '../../api/shapes.ts';
import { useText } from '../../language/language.tsx';
import { State } from '../../parts/state.tsx';
import { outcomeTone } from './outcome.ts';
import { passesUntil } from './passes-until.ts';
import { ResourceReasons } from './resource-reasons.tsx';
import { resourceWords } from './words.ts';

interface ResourceChoiceProps {
  readonly rows: readonly Resource[];
  /** What it is chosen for. */
  readonly use: 'file' | 'issue';
  readonly value: string | null;
  readonly onChange: (resourceId: string) => void;
  /** Said when none can be chosen. */
  readonly none: string;
}

/** The account's resources: those that qualify first, the others grey with their reasons. */
export function ResourceChoice({ rows, use, value, onChange, none }: ResourceChoiceProps) {
  const { t, pick, day } = useText(resourceWords);
  const fits = (row: Resource) => row.check[use].outcome === 'eligible';
  if (!rows.some(fits)) return <Alert type="info" showIcon title={none} />;
  const sorted = rows.toSorted((a, b) => Number(fits(b)) - Number(fits(a)));
  return (
    <Radio.Group value={value} onChange={(event) => onChange(event.target.value)} className="choices">
      {sorted.map((row) => (
        <div key={row.id} className="choice">
          <Radio value={row.id} disabled={!fits(row)}>
            <span className="mono">{row.id}</span> <span className="soft">{pick(row.productName)}</span>
          </Radio>
          {fits(row) ? (
            <span className="faint number">
              {t.resource.goodUntil} {day(passesUntil(row))}
            </span>
          ) : (
            <details>
              <summary>
                <State tone={outcomeTone[row.check[use].outcome]}>{t.outcome[row.check[use].outcome]}</State>
                <span className="faint"> {t.resource.reasonsCount(row.check[use].reasons.length)}</span>
              </summary>
              <ResourceReasons reasons={row.check[use].reasons} about={row} />
            </details>
          )}
        </div>
      ))}
    </Radio.Group>
  );
}
