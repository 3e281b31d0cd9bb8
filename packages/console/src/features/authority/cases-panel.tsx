import { authorityCaseKinds } from '@openbeian/model/authority-case';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import type { AnswerOf, InputOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { usePages } from '../../parts/page-turner.tsx';
import { Panel } from '../../parts/panel.tsx';
import { FilingLink } from '../job/filing-link.tsx';
import { useSession } from '../session/session-context.tsx';
import { ContentButton } from './content-button.tsx';
import { FilterBar, FilterChoice, type Provinces } from './filter-bar.tsx';
import { anchors } from './sections-bar.tsx';
import { SettleDialog } from './settle-dialog.tsx';
import { SettleManyDialog } from './settle-many-dialog.tsx';
import { authorityWords } from './words.ts';

type Case = AnswerOf<'listAuthorityCases'>['cases'][number];

type Filter = Pick<NonNullable<InputOf<'listAuthorityCases'>['query']>, 'kind' | 'provinceCode'>;

/** As many as are settled at once. */
const rowsAtOnce = 100;

/** One of a filing waits for a decision of its own. */
const mayBeChosen = ({ filingId }: Case): boolean => filingId === null;

/** What came over the lines and no rule decides. */
export function CasesPanel(provinces: Provinces) {
  const { t } = useText(authorityWords);
  const { role } = useSession();
  const [filter, setFilter] = useState<Filter>({});
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const pages = usePages(JSON.stringify(filter));
  const query = { limit: rowsAtOnce, ...filter, ...pages.query };
  const cases = useAnswer('listAuthorityCases', { query }, { refreshMs: 10_000 });
  const columns = useColumns(provinces.nameOf);
  const narrow = (next: Filter) => {
    setFilter(next);
    setChosen(new Set());
  };
  return (
    <Panel flush anchor={anchors.cases} title={t.line.cases}>
      <FilterBar
        {...provinces}
        provinceCode={filter.provinceCode}
        onProvince={(provinceCode) => narrow({ ...filter, provinceCode })}
      >
        <FilterChoice
          label={t.line.caseKind}
          width={260}
          value={filter.kind}
          onChange={(kind) => narrow({ ...filter, kind })}
          options={authorityCaseKinds.map((value) => ({ value, label: t.line.kinds[value] }))}
        />
      </FilterBar>
      <Loaded query={cases}>
        {(answer) => (
          <>
            {role === 'operator' && <ChoiceBar rows={answer.cases} chosen={chosen} onChoose={setChosen} />}
            <Listing
              label={t.line.cases}
              rows={answer.cases}
              rowKey={(row) => row.id}
              columns={role === 'operator' ? [pickColumn(t.line.pick, chosen, setChosen), ...columns] : columns}
              empty={<Empty title={t.line.noCases} />}
              pages={pages}
              next={answer.next}
            />
          </>
        )}
      </Loaded>
    </Panel>
  );
}

function useColumns(nameOf: (provinceCode: string) => string): Column<Case>[] {
  const { t, word, instant } = useText(authorityWords);
  return [
    {
      key: 'case',
      label: t.line.case,
      onCard: 'title',
      render: (row) => (
        <div className="wrap">
          {word(t.line.kinds, row.kind)}
          {row.about !== null && <div>{row.about}</div>}
          <div className="faint mono">{row.id}</div>
        </div>
      ),
    },
    { key: 'province', label: t.line.province, render: (row) => nameOf(row.provinceCode) },
    {
      key: 'filing',
      label: t.line.filing,
      render: (row) => <FilingLink filingId={row.filingId} name={row.domainName || null} />,
    },
    {
      key: 'openedAt',
      label: t.line.openedAt,
      render: (row) => <span className="number">{instant(row.openedAt)}</span>,
    },
    { key: 'actions', label: '', onCard: 'actions', render: (row) => <CaseActions row={row} /> },
  ];
}

type Choose = (chosen: ReadonlySet<string>) => void;

const pickColumn = (label: string, chosen: ReadonlySet<string>, onChoose: Choose): Column<Case> => ({
  key: 'pick',
  label,
  width: 76,
  render: (row) =>
    mayBeChosen(row) ? (
      <Checkbox
        aria-label={`${label} ${row.id}`}
        checked={chosen.has(row.id)}
        onChange={({ target }) => {
          const next = new Set(chosen);
          if (target.checked) next.add(row.id);
          else next.delete(row.id);
          onChoose(next);
        }}
      />
    ) : null,
});

interface ChoiceBarProps {
  readonly rows: readonly Case[];
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: Choose;
}

/** One file of the authority’s may bring hundreds: those of a page are chosen together, and settled with one reason. */
function ChoiceBar({ rows, chosen, onChoose }: ChoiceBarProps) {
  const { t } = useText(authorityWords);
  const [isOpen, setOpen] = useState(false);
  const all = rows.filter(mayBeChosen);
  // What somebody else has settled meanwhile is no longer there.
  const picked = all.filter(({ id }) => chosen.has(id));
  if (all.length < 2) return null;
  const close = () => {
    setOpen(false);
    onChoose(new Set());
  };
  return (
    <div className="bar">
      <Checkbox
        checked={picked.length === all.length}
        indeterminate={picked.length > 0 && picked.length < all.length}
        onChange={({ target }) => onChoose(new Set(target.checked ? all.map(({ id }) => id) : []))}
      >
        {t.line.pickAll(all.length)}
      </Checkbox>
      <Button size="small" disabled={picked.length === 0} onClick={() => setOpen(true)}>
        {t.line.settlePicked(picked.length)}
      </Button>
      {isOpen && <SettleManyDialog rows={picked} onDone={close} onClose={() => setOpen(false)} />}
    </div>
  );
}

function CaseActions({ row }: { readonly row: Case }) {
  const { t, word } = useText(authorityWords);
  const { role } = useSession();
  const [isOpen, setOpen] = useState(false);
  return (
    <span className="row">
      <ContentButton kind="case" documentId={row.id} />
      {role === 'operator' && (
        <Button size="small" type="text" onClick={() => setOpen(true)}>
          {t.line.settle}
        </Button>
      )}
      {isOpen && (
        <SettleDialog
          row={row}
          title={`${t.line.settle} · ${word(t.line.kinds, row.kind)}`}
          onClose={() => setOpen(false)}
        />
      )}
    </span>
  );
}
