import { authorityCaseKinds } from '@openbeian/model/authority-case';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import type { InputOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { usePages } from '../../parts/page-turner.tsx';
import { Panel } from '../../parts/panel.tsx';
import { FilingLink } from '../job/filing-link.tsx';
import { useSession } from '../session/session-context.tsx';
import { type Case, type CaseGroup, type CaseRow, caseRows } from './case-groups.ts';
import { ContentButton } from './content-button.tsx';
import { FilterBar, FilterChoice, type Provinces } from './filter-bar.tsx';
import { anchors } from './sections-bar.tsx';
import { SettleDialog } from './settle-dialog.tsx';
import { SettleManyDialog } from './settle-many-dialog.tsx';
import { authorityWords } from './words.ts';

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
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const pages = usePages(JSON.stringify(filter));
  const query = { limit: rowsAtOnce, ...filter, ...pages.query };
  const cases = useAnswer('listAuthorityCases', { query }, { refreshMs: 10_000 });
  const columns = useColumns(provinces.nameOf, { chosen: opened, onChoose: setOpened });
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
              rows={caseRows(answer.cases, opened)}
              rowKey={(row) => row.id}
              total={answer.next === null && pages.start === undefined ? answer.cases.length : null}
              columns={
                role === 'operator' ? [pickColumn(t.line.pick, { chosen, onChoose: setChosen }), ...columns] : columns
              }
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

function useColumns(nameOf: (provinceCode: string) => string, opened: Choice): Column<CaseRow>[] {
  const { t, instant } = useText(authorityWords);
  return [
    { key: 'case', label: t.line.case, onCard: 'title', render: (row) => <CaseTitle row={row} /> },
    { key: 'province', label: t.line.province, render: (row) => nameOf(newestOf(row).provinceCode) },
    {
      key: 'filing',
      label: t.line.filing,
      render: (row) => <FilingLink filingId={newestOf(row).filingId} name={newestOf(row).domainName || null} />,
    },
    {
      key: 'openedAt',
      label: t.line.openedAt,
      render: (row) => <span className="number">{instant(newestOf(row).openedAt)}</span>,
    },
    {
      key: 'actions',
      label: '',
      onCard: 'actions',
      render: (row) =>
        row.group === null ? <CaseActions row={row.case} /> : <OpenNotice {...row.group} {...opened} />,
    },
  ];
}

const newestOf = (row: CaseRow): Case => (row.group === null ? row.case : row.group.members[0]);

const mostNamed = 3;

function CaseTitle({ row }: { readonly row: CaseRow }) {
  const { t, word } = useText(authorityWords);
  const kind = word(t.line.kinds, newestOf(row).kind);
  if (row.group === null) {
    return (
      <div className="wrap" style={row.isEntry ? { paddingInlineStart: 16 } : {}}>
        {kind}
        {row.case.about !== null && <div>{row.case.about}</div>}
        <div className="faint mono">{row.case.id}</div>
      </div>
    );
  }
  const { members } = row.group;
  const named = members.flatMap(({ about }) => (about === null ? [] : [about]));
  return (
    <div className="wrap">
      {t.line.counted(kind, String(members.length))}
      <div className="faint">
        {named.slice(0, mostNamed).join(' · ')}
        {named.length > mostNamed && ' …'}
      </div>
    </div>
  );
}

/** What is chosen of a list, by ids. */
interface Choice {
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
}

function changed(chosen: ReadonlySet<string>, ids: readonly string[], isChosen: boolean): ReadonlySet<string> {
  const next = new Set(chosen);
  for (const id of ids) {
    if (isChosen) next.add(id);
    else next.delete(id);
  }
  return next;
}

/** A notice of hundreds of entries is one row until somebody wants to see them. */
function OpenNotice({ id, chosen, onChoose }: CaseGroup & Choice) {
  const { t } = useText(authorityWords);
  const isOpen = chosen.has(id);
  return (
    <Button size="small" type="text" aria-expanded={isOpen} onClick={() => onChoose(changed(chosen, [id], !isOpen))}>
      {isOpen ? t.line.closeNotice : t.line.openNotice}
    </Button>
  );
}

const pickColumn = (label: string, { chosen, onChoose }: Choice): Column<CaseRow> => ({
  key: 'pick',
  label,
  width: 76,
  render(row) {
    const ids = (row.group === null ? [row.case] : row.group.members).filter(mayBeChosen).map(({ id }) => id);
    const picked = ids.filter((id) => chosen.has(id)).length;
    return ids.length === 0 ? null : (
      <Checkbox
        aria-label={`${label} ${row.id}`}
        checked={picked === ids.length}
        indeterminate={picked > 0 && picked < ids.length}
        onChange={({ target }) => onChoose(changed(chosen, ids, target.checked))}
      />
    );
  },
});

interface ChoiceBarProps {
  readonly rows: readonly Case[];
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: Choice['onChoose'];
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
