import { byteOrderMark, csvLine } from '@openbeian/model/csv';
import { Button } from 'antd';
import { Link } from 'react-router';
import { useText } from '../../language/language.tsx';
import { AccountName } from '../../parts/account-name.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Listing } from '../../parts/listing.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { saveFile } from '../../parts/save-file.ts';
import { type FleetChange, mostKept, useFleetChanges } from './use-fleet-changes.ts';
import { rulesWords } from './words.ts';

const uses = ['file', 'issue'] as const;

/** Which of the provider's resources the rules of the second day answer otherwise, as they are today. */
export function FleetPanel({ from, to }: { readonly from: string; readonly to: string }) {
  const { t } = useText(rulesWords);
  const { state, start, stop } = useFleetChanges(from, to);
  const { looked, found, kept, isRunning, isDone, error } = state;
  return (
    <Panel
      title={t.rules.fleet.title}
      actions={
        <>
          {kept.length > 0 && !isRunning && <ExportButton changes={kept} name={`fleet-${from}-${to}.csv`} />}
          {isRunning ? (
            <Button onClick={stop}>{t.rules.fleet.stop}</Button>
          ) : (
            <Button type="primary" onClick={start}>
              {t.rules.fleet.start}
            </Button>
          )}
        </>
      }
    >
      <p className="soft">{t.rules.fleet.lead(from, to)}</p>
      <p role="status">
        {isRunning && t.rules.fleet.progress(looked, found)}
        {!isRunning && isDone && t.rules.fleet.done(looked, found)}
        {!isRunning && !isDone && looked > 0 && t.rules.fleet.stopped(looked, found)}
      </p>
      {error !== null && <ProblemAlert error={error} onRetry={start} />}
      {isDone && found === 0 && <Empty title={t.rules.fleet.none} />}
      {kept.length > 0 && <ChangeList changes={kept} />}
      {found > mostKept && <p className="faint">{t.rules.fleet.cut(mostKept)}</p>}
    </Panel>
  );
}

function ChangeList({ changes }: { readonly changes: readonly FleetChange[] }) {
  const { t } = useText(rulesWords);
  return (
    <Listing<FleetChange>
      label={t.rules.fleet.title}
      rows={changes}
      rowKey={({ id }) => id}
      fits
      empty={null}
      columns={[
        {
          key: 'resource',
          label: t.rules.fleet.resource,
          onCard: 'title',
          render: ({ id }) => (
            <Link className="mono" to={`/resources/${encodeURIComponent(id)}`}>
              {id}
            </Link>
          ),
        },
        {
          key: 'account',
          label: t.rules.fleet.account,
          render: ({ accountId }) => <AccountName id={accountId} />,
        },
        { key: 'product', label: t.rules.product, render: ({ product }) => <span className="mono">{product}</span> },
        ...uses.map((use) => ({
          key: use,
          label: t.rules.fleet[use],
          render: (change: FleetChange) => <UseChange {...change[use]} />,
        })),
      ]}
    />
  );
}

function UseChange({ before, after, gained, lost }: FleetChange['file']) {
  const { t, pick, word } = useText(rulesWords);
  if (before === after && gained.length === 0 && lost.length === 0) return t.rules.fleet.same;
  return (
    <span className="words">
      {word(t.rules.fleet.outcome, before)} → <strong>{word(t.rules.fleet.outcome, after)}</strong>
      {gained.map(({ code, message }) => (
        <div key={code}>
          {t.rules.fleet.gained} {pick(message)}
        </div>
      ))}
      {lost.map(({ code, message }) => (
        <div key={code} className="faint">
          {t.rules.fleet.lost} {pick(message)}
        </div>
      ))}
    </span>
  );
}

function ExportButton({ changes, name }: { readonly changes: readonly FleetChange[]; readonly name: string }) {
  const { t, pick, word } = useText(rulesWords);
  const fleet = t.rules.fleet;
  const cellsOf = ({ before, after, gained, lost }: FleetChange['file']) => [
    word(fleet.outcome, before),
    word(fleet.outcome, after),
    gained.map(({ message }) => pick(message)).join(' '),
    lost.map(({ message }) => pick(message)).join(' '),
  ];
  const save = () => {
    const titles = uses.flatMap((use) =>
      [fleet.before, fleet.after, fleet.gained, fleet.lost].map((title) => `${fleet[use]} ${title}`),
    );
    const lines = changes.map((change) =>
      csvLine([change.id, change.accountId, change.product, ...cellsOf(change.file), ...cellsOf(change.issue)]),
    );
    const head = csvLine([fleet.resource, fleet.account, t.rules.product, ...titles]);
    saveFile(name, 'text/csv', `${byteOrderMark}${head}${lines.join('')}`);
  };
  return <Button onClick={save}>{fleet.export}</Button>;
}
