import { authorityCaseKinds } from '@openbeian/model/authority-case';
import { Button } from 'antd';
import { useState } from 'react';
import type { AnswerOf, InputOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Choice } from '../../parts/choice.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { usePages } from '../../parts/page-turner.tsx';
import { Panel } from '../../parts/panel.tsx';
import { FilingLink } from '../job/filing-link.tsx';
import { useSession } from '../session/session-context.tsx';
import { ContentButton } from './content-button.tsx';
import { anchors } from './sections-bar.tsx';
import { SettleDialog } from './settle-dialog.tsx';
import { authorityWords } from './words.ts';

type Case = AnswerOf<'listAuthorityCases'>['cases'][number];

type Filter = Pick<NonNullable<InputOf<'listAuthorityCases'>['query']>, 'kind' | 'provinceCode'>;

interface CasesProps {
  readonly provinceCodes: readonly string[];
  readonly nameOf: (provinceCode: string) => string;
}

/** What came over the lines and no rule decides. */
export function CasesPanel({ provinceCodes, nameOf }: CasesProps) {
  const { t, word, instant } = useText(authorityWords);
  const [filter, setFilter] = useState<Filter>({});
  const pages = usePages(JSON.stringify(filter));
  const cases = useAnswer('listAuthorityCases', { query: { ...filter, ...pages.query } }, { refreshMs: 10_000 });
  const columns: Column<Case>[] = [
    {
      key: 'case',
      label: t.line.case,
      onCard: 'title',
      render: (row) => (
        <div>
          {word(t.line.kinds, row.kind)}
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
  return (
    <Panel flush anchor={anchors.cases} title={t.line.cases}>
      <FilterBar provinceCodes={provinceCodes} nameOf={nameOf} filter={filter} onChange={setFilter} />
      <Loaded query={cases}>
        {(answer) => (
          <Listing
            label={t.line.cases}
            rows={answer.cases}
            rowKey={(row) => row.id}
            columns={columns}
            empty={<Empty title={t.line.noCases} />}
            pages={pages}
            next={answer.next}
          />
        )}
      </Loaded>
    </Panel>
  );
}

interface FilterBarProps extends CasesProps {
  readonly filter: Filter;
  readonly onChange: (filter: Filter) => void;
}

function FilterBar({ provinceCodes, nameOf, filter, onChange }: FilterBarProps) {
  const { t } = useText(authorityWords);
  const { kind, provinceCode } = filter;
  const all = { value: 'all' as const, label: t.app.all };
  return (
    <div className="bar filters">
      <Choice
        label={t.line.caseKind}
        width={260}
        value={kind ?? 'all'}
        onChange={(value) =>
          onChange({ ...(provinceCode !== undefined && { provinceCode }), ...(value !== 'all' && { kind: value }) })
        }
        options={[all, ...authorityCaseKinds.map((value) => ({ value, label: t.line.kinds[value] }))]}
      />
      {provinceCodes.length > 1 && (
        <Choice
          label={t.line.province}
          width={140}
          value={provinceCode ?? 'all'}
          onChange={(value) =>
            onChange({ ...(kind !== undefined && { kind }), ...(value !== 'all' && { provinceCode: value }) })
          }
          options={[all, ...provinceCodes.map((value) => ({ value, label: nameOf(value) }))]}
        />
      )}
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
