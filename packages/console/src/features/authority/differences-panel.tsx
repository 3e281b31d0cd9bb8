import { differenceKinds, differenceStates, differenceTexts } from '@openbeian/model/reconciliation';
import { Button } from 'antd';
import { useState } from 'react';
import type { AnswerOf, InputOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { usePages } from '../../parts/page-turner.tsx';
import { Panel } from '../../parts/panel.tsx';
import { State } from '../../parts/state.tsx';
import { useSession } from '../session/session-context.tsx';
import { ContentButton } from './content-button.tsx';
import { FilterBar, FilterChoice, type Provinces } from './filter-bar.tsx';
import { RepairDialog } from './repair-dialog.tsx';
import { anchors } from './sections-bar.tsx';
import { authorityWords } from './words.ts';

export type Difference = AnswerOf<'listDifferences'>['differences'][number];

const tones = { open: 'warn', sent: 'quiet', case: 'quiet', seen: 'quiet' } as const;

type Filter = Pick<NonNullable<InputOf<'listDifferences'>['query']>, 'kind' | 'state' | 'provinceCode'>;

/** In what the records here and the authority’s differ, side by side. */
export function DifferencesPanel(provinces: Provinces) {
  const { t, pick } = useText(authorityWords);
  const [filter, setFilter] = useState<Filter>({});
  const pages = usePages(JSON.stringify(filter));
  const found = useAnswer('listDifferences', { query: { ...filter, ...pages.query } }, { refreshMs: 10_000 });
  const columns = useColumns(provinces.nameOf);
  return (
    <Panel flush anchor={anchors.differences} title={t.line.differences}>
      <FilterBar
        {...provinces}
        provinceCode={filter.provinceCode}
        onProvince={(provinceCode) => setFilter({ ...filter, provinceCode })}
      >
        <FilterChoice
          label={t.line.kindFilter}
          width={260}
          value={filter.kind}
          onChange={(kind) => setFilter({ ...filter, kind })}
          options={differenceKinds.map((value) => ({ value, label: pick(differenceTexts[value]) }))}
        />
        <FilterChoice
          label={t.line.stateFilter}
          width={160}
          value={filter.state}
          onChange={(state) => setFilter({ ...filter, state })}
          options={differenceStates.map((value) => ({ value, label: t.line.differenceStates[value] }))}
        />
      </FilterBar>
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
