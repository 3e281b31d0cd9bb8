import { filingStates } from '@openbeian/model/filing';
import { Select } from 'antd';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Panel } from '../../parts/panel.tsx';
import { type BlockedNames, blockedTableOf } from './blocked-names-table.ts';
import { StatisticsPanel } from './statistics-panel.tsx';
import type { Span, StatisticsTable } from './statistics-tables.ts';
import { statisticsWords } from './words.ts';

type Name = BlockedNames['names'][number];

/** What is to be done about so many names fits a page. */
const mostToDo = 30;

interface BlockedNamesPanelProps {
  readonly span: Span;
  readonly isReport?: boolean;
}

/** For the file with all tables of a page; empty where these are not shown. */
export function useBlockedTables({ from, to }: Span, isShown: boolean): readonly StatisticsTable[] {
  const { language } = useText();
  const { data } = useAnswer('listBlockedNames', { query: { from, to } }, { keepPrevious: true, enabled: isShown });
  const table = isShown && data ? blockedTableOf(data, language) : null;
  return table === null ? [] : [table];
}

/** Which names gates blocked most, and what is to be done about them. */
export function BlockedNamesPanel({ span: { from, to }, isReport = false }: BlockedNamesPanelProps) {
  const { t, pick, language } = useText(statisticsWords);
  const [reason, setReason] = useState('');
  const query = { from, to, ...(reason !== '' && { reason }) };
  const found = useAnswer('listBlockedNames', { query }, { keepPrevious: true });
  const table = useMemo(() => found.data && blockedTableOf(found.data, language), [found.data, language]);
  return (
    <>
      {!isReport && (
        <Panel title={t.stats.blockedToDo}>
          <p className="faint blocked-lead">{t.stats.blockedLead}</p>
          <div className="bar filters">
            <Select
              aria-label={t.stats.blockedReason}
              value={reason}
              onChange={setReason}
              style={{ width: 220 }}
              options={[
                { value: '', label: t.stats.allBlockedReasons },
                ...Object.entries(statisticsWords.stats.blocked)
                  .filter(([value]) => value !== 'malformed_host')
                  .map(([value, label]) => ({ value, label: pick(label) })),
              ]}
            />
          </div>
          <Loaded query={found}>{(answer) => <ToDo answer={answer} />}</Loaded>
        </Panel>
      )}
      {table && <StatisticsPanel table={isReport ? shortened(table) : table} span={{ from, to }} isReport={isReport} />}
      {isReport && table && found.data && <p className="faint">{t.stats.tooLow(found.data.tooLowBy)}</p>}
    </>
  );
}

/** On paper the first twenty. */
const shortened = (table: StatisticsTable): StatisticsTable => ({ ...table, rows: table.rows.slice(0, 20) });

function ToDo({ answer: { total, malformed, tooLowBy, names } }: { readonly answer: BlockedNames }) {
  const { t } = useText(statisticsWords);
  return (
    <>
      <p>
        {t.stats.blockedSums(total, malformed)} {total > 0 && t.stats.tooLow(tooLowBy)}
      </p>
      <Listing<Name>
        label={t.stats.blockedToDo}
        rows={names.slice(0, mostToDo)}
        rowKey={({ domain }) => domain}
        fits
        empty={<p className="faint">{t.stats.noneBlocked}</p>}
        columns={[
          {
            key: 'domain',
            label: t.stats.domain,
            onCard: 'title',
            render: (name) => <NameWithHosts name={name} />,
          },
          { key: 'count', label: t.stats.atLeast, render: ({ count }) => <span className="number">{count}</span> },
          { key: 'on-file', label: t.stats.onFile, render: (name) => <OnFile name={name} /> },
          { key: 'to-do', label: t.stats.toDo, render: (name) => <Advice name={name} /> },
        ]}
      />
      <p className="faint">
        {t.stats.unfiledDuty} <Link to="/authority">{t.stats.unfiledCases}</Link>
      </p>
    </>
  );
}

/** Names that strangers sent: by themselves, so that none turns the text around it. */
function NameWithHosts({ name: { domain, hosts } }: { readonly name: Name }) {
  const others = hosts.filter(({ host }) => host !== domain);
  return (
    <>
      <bdi className="wrap">{domain}</bdi>
      {others.map(({ host, count }) => (
        <div key={host} className="faint wrap">
          <bdi>{host}</bdi> × {count}
        </div>
      ))}
    </>
  );
}

function OnFile({ name: { domain, filing, record } }: { readonly name: Name }) {
  const { t, pick } = useText(statisticsWords);
  if (filing === null && record === null) return <span className="faint">{t.stats.nothingOnFile}</span>;
  const states: Readonly<Record<string, { readonly zh: string; readonly en: string } | undefined>> = filingStates;
  return (
    <>
      {record !== null && <Link to={`/records?search=${encodeURIComponent(domain)}`}>{record.number}</Link>}
      {filing !== null && (
        <div>
          <Link to={`/filings/${filing.id}`}>{t.stats.openFiling(pick(states[filing.state]) || filing.state)}</Link>
        </div>
      )}
    </>
  );
}

/** By what most of its requests were blocked for. */
function Advice({ name: { domain, filing, reasons } }: { readonly name: Name }) {
  const { t } = useText(statisticsWords);
  const main = reasons[0]?.reason ?? '';
  const advice: Readonly<Record<string, string | undefined>> = t.stats.blockedAdvice;
  return (
    <>
      <span className="wrap">{filing === null ? (advice[main] ?? '') : t.stats.blockedAdvice.under_way}</span>{' '}
      <Link to={`/host?host=${encodeURIComponent(domain)}`}>{t.stats.lookUpHost}</Link>
    </>
  );
}
