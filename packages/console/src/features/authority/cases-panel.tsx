import { Button } from 'antd';
import { useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
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
import { anchors } from './sections-bar.tsx';
import { SettleDialog } from './settle-dialog.tsx';
import { authorityWords } from './words.ts';

type Case = AnswerOf<'listAuthorityCases'>['cases'][number];

/** What came over the lines and no rule decides. */
export function CasesPanel({ nameOf }: { readonly nameOf: (provinceCode: string) => string }) {
  const { t, word, instant } = useText(authorityWords);
  const pages = usePages();
  const cases = useAnswer('listAuthorityCases', { query: pages.query }, { refreshMs: 10_000 });
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
