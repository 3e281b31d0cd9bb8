import { differenceKinds, differenceStates, differenceTexts } from '@openbeian/model/reconciliation';
import { Button } from 'antd';
import { useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Choice } from '../../parts/choice.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { usePages } from '../../parts/page-turner.tsx';
import { Panel } from '../../parts/panel.tsx';
import { State } from '../../parts/state.tsx';
import { useSession } from '../session/session-context.tsx';
import { ContentButton } from './content-button.tsx';
import { RepairDialog } from './repair-dialog.tsx';
import { anchors } from './sections-bar.tsx';
import { authorityWords } from './words.ts';

export type Difference = AnswerOf<'listDifferences'>['differences'][number];

const tones = { open: 'warn', sent: 'quiet', case: 'quiet', seen: 'quiet' } as const;

interface Filter {
  readonly provinceCode?: string;
  readonly kind?: Difference['kind'];
  readonly state?: Difference['state'];
}

interface DifferencesProps {
  readonly provinceCodes: readonly string[];
  readonly nameOf: (provinceCode: string) => string;
}

/** In what the records here and the authority’s differ, side by side. */
export function DifferencesPanel({ provinceCodes, nameOf }: DifferencesProps) {
  const { t } = useText(authorityWords);
  const [filter, setFilter] = useState<Filter>({});
  const pages = usePages(JSON.stringify(filter));
  const found = useAnswer('listDifferences', { query: { ...filter, ...pages.query } }, { refreshMs: 10_000 });
  const columns = useColumns(nameOf);
  return (
    <Panel flush anchor={anchors.differences} title={t.line.differences}>
      <FilterBar provinceCodes={provinceCodes} nameOf={nameOf} filter={filter} onChange={setFilter} />
      <Loaded query={found}>
        {(answer) => (
          <Listing
            label={t.line.differences}
            fits
            rows={answer.differences}
            rowKey={(row) => row.id}
            columns={columns}
            empty={<Empty title={t.line.noDifferences} hint={t.line.noDifferencesHint} />}
            pages={pages}
            next={answer.next}
          />
        )}
      </Loaded>
    </Panel>
  );
}

interface FilterBarProps extends DifferencesProps {
  readonly filter: Filter;
  readonly onChange: (filter: Filter) => void;
}

function FilterBar({ provinceCodes, nameOf, filter, onChange }: FilterBarProps) {
  const { t, pick } = useText(authorityWords);
  const { provinceCode, kind, state } = filter;
  const without = (name: keyof Filter): Filter =>
    Object.fromEntries(Object.entries(filter).filter(([each]) => each !== name));
  const all = { value: 'all' as const, label: t.app.all };
  return (
    <div className="bar filters">
      <Choice
        label={t.line.kindFilter}
        width={260}
        value={kind ?? 'all'}
        onChange={(value) => onChange(value === 'all' ? without('kind') : { ...filter, kind: value })}
        options={[all, ...differenceKinds.map((value) => ({ value, label: pick(differenceTexts[value]) }))]}
      />
      <Choice
        label={t.line.stateFilter}
        width={160}
        value={state ?? 'all'}
        onChange={(value) => onChange(value === 'all' ? without('state') : { ...filter, state: value })}
        options={[all, ...differenceStates.map((value) => ({ value, label: t.line.differenceStates[value] }))]}
      />
      {provinceCodes.length > 1 && (
        <Choice
          label={t.line.province}
          width={140}
          value={provinceCode ?? 'all'}
          onChange={(value) => onChange(value === 'all' ? without('provinceCode') : { ...filter, provinceCode: value })}
          options={[all, ...provinceCodes.map((value) => ({ value, label: nameOf(value) }))]}
        />
      )}
    </div>
  );
}

function useColumns(nameOf: (provinceCode: string) => string): Column<Difference>[] {
  const { t, pick, instant } = useText(authorityWords);
  return [
    {
      key: 'what',
      label: t.line.difference,
      onCard: 'title',
      render: ({ kind, serviceNumber, domainName }) => (
        <div className="wrap">
          {pick(differenceTexts[kind])}
          <div className="faint">
            {serviceNumber} {domainName}
          </div>
        </div>
      ),
    },
    { key: 'province', label: t.line.province, render: (row) => nameOf(row.provinceCode) },
    { key: 'ours', label: t.line.ours, render: (row) => <span className="wrap">{row.ours ?? '—'}</span> },
    { key: 'theirs', label: t.line.theirs, render: (row) => <span className="wrap">{row.theirs ?? '—'}</span> },
    {
      key: 'state',
      label: t.line.state,
      onCard: 'state',
      render: (row) => (
        <div>
          <State tone={tones[row.state]}>{t.line.differenceStates[row.state]}</State>
          <div className="faint number">{t.line.confirmed(instant(row.confirmedAt))}</div>
        </div>
      ),
    },
    { key: 'actions', label: '', onCard: 'actions', render: (row) => <DifferenceActions row={row} /> },
  ];
}

function DifferenceActions({ row }: { readonly row: Difference }) {
  const { t } = useText(authorityWords);
  const { role } = useSession();
  const [isOpen, setOpen] = useState(false);
  return (
    <span className="row">
      {row.kind !== 'missing_there' && <ContentButton kind="record" documentId={row.id} label={t.line.theirRecord} />}
      {role === 'operator' && (
        <Button size="small" type="text" onClick={() => setOpen(true)}>
          {t.line.repair}
        </Button>
      )}
      {isOpen && <RepairDialog difference={row} onClose={() => setOpen(false)} />}
    </span>
  );
}
