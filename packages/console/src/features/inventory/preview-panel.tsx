import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useText } from '../../language/language.tsx';
import { Panel } from '../../parts/panel.tsx';
import { DiffList, type DiffPart, diffParts } from './diff-list.tsx';
import './inventory.css';
import type { Comparison } from './run-pieces.ts';
import type { Import } from './use-import.ts';
import { inventoryWords } from './words.ts';

/** What importing would change, most urgent first; and the way to do it. */
export function PreviewPanel({ at, comparison }: { readonly at: Import; readonly comparison: Comparison }) {
  const { t } = useText(inventoryWords);
  const words = t.inventory.preview;
  const counts = countsOf(comparison);
  const parts = diffParts.filter((part) => counts[part] > 0);
  const [chosen, setChosen] = useState<DiffPart | null>(null);
  const [releases, setReleases] = useState(false);
  const shown = chosen ?? parts[0] ?? null;
  const { gone } = comparison;
  return (
    <Panel
      flush
      title={words.title}
      actions={
        <Button type="primary" disabled={parts.length === 0} onClick={() => at.load(releases ? gone : [])}>
          {t.inventory.load}
        </Button>
      }
    >
      <div className="stack" style={{ padding: '0 20px 12px' }}>
        {parts.length === 0 && <Alert type="success" showIcon title={words.nothing} />}
        <div className="diff-counts">
          {parts.map((part) => (
            <Button
              key={part}
              danger={part === 'breaking'}
              type={part === shown ? 'primary' : 'default'}
              ghost={part === shown}
              aria-pressed={part === shown}
              onClick={() => setChosen(part)}
            >
              {`${words.part[part]} ${counts[part]}`}
            </Button>
          ))}
        </div>
        <Beside comparison={comparison} />
        {shown === 'gone' && gone.length > 0 && (
          <div className="stack">
            <span>{words.goneHint}</span>
            <label className="row">
              <input type="checkbox" checked={releases} onChange={(event) => setReleases(event.target.checked)} />
              {words.release(gone.length)}
            </label>
          </div>
        )}
      </div>
      {shown !== null && <DiffList key={shown} part={shown} comparison={comparison} />}
    </Panel>
  );
}

/** What is in no list. */
function Beside({ comparison }: { readonly comparison: Comparison }) {
  const { t } = useText(inventoryWords);
  const { same, leftOut } = t.inventory.preview;
  const unchanged = comparison.counts.resources.same;
  const said = [
    ...(unchanged > 0 ? [same(unchanged)] : []),
    ...(comparison.leftOut > 0 ? [leftOut(comparison.leftOut)] : []),
  ];
  return said.length === 0 ? null : <span className="faint">{said.join(' ')}</span>;
}

function countsOf({ counts: { resources, accounts } }: Comparison): Readonly<Record<DiffPart, number>> {
  const { breaking, changed, gone } = resources;
  return { breaking, accounts: accounts.new + accounts.changed, changed, new: resources.new, gone };
}
