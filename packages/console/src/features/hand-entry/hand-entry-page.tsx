import { byteOrderMark, csvLine } from '@openbeian/model/csv';
import { Button } from 'antd';
import { useState } from 'react';
import { useParams } from 'react-router';
import type { AnswerOf } from '../../api/client.ts';
import type { Filing } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { saveFile } from '../../parts/save-file.ts';
import { FilingState } from '../filing/filing-state.tsx';
import { filingWords } from '../filing/words.ts';
import { ClaimButton } from '../review/claim-button.tsx';
import { ResultDialog } from './result-dialog.tsx';
import { handEntryWords } from './words.ts';

type Sections = AnswerOf<'revealHandEntry'>['sections'];

/** What an operator enters in the authority’s own form, in its order, and what became of it there. */
export function HandEntryPage() {
  const { t } = useText(filingWords, handEntryWords);
  const filingId = useParams().filingId ?? '';
  const found = useAnswer('getFiling', { params: { filingId } });
  const filing = found.data?.filing;
  const name = filing === undefined ? '' : filing.domainName || (filing.subjectNumber ?? '');
  return (
    <Page
      title={name === '' ? t.hand.title : `${t.hand.title} · ${name}`}
      lead={t.hand.lead}
      crumbs={[
        { to: '/filings', label: t.filing.title },
        { to: `/filings/${filingId}`, label: name || t.filing.title },
      ]}
      beside={filing && <FilingState filing={filing} pill />}
      topic="page:filing"
      actions={filing && <Actions filing={filing} />}
    >
      <Loaded query={found}>{(answer) => <Sheet filing={answer.filing} />}</Loaded>
    </Page>
  );
}

function Actions({ filing }: { readonly filing: Filing }) {
  const { t } = useText(handEntryWords);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ClaimButton filing={filing} />
      {filing.actions.includes('enter_result') && (
        <Button type="primary" onClick={() => setOpen(true)}>
          {t.hand.result}
        </Button>
      )}
      {isOpen && <ResultDialog filing={filing} onClose={() => setOpen(false)} />}
    </>
  );
}

/** Shown when asked for, until the page is left. */
function Sheet({ filing }: { readonly filing: Filing }) {
  const { t } = useText(handEntryWords);
  const reveal = useCommand('revealHandEntry');
  const show = () => reveal.mutate({ params: { filingId: filing.id }, body: {} });
  if (reveal.data === undefined) {
    return (
      <Panel>
        <div className="stack">
          <p className="soft">{t.hand.showLead}</p>
          <ProblemAlert error={reveal.error} />
          <div className="row">
            <Button type="primary" loading={reveal.isPending} disabled={filing.claim?.mine !== true} onClick={show}>
              {t.hand.show}
            </Button>
            {filing.claim?.mine !== true && <ClaimButton filing={filing} />}
          </div>
        </div>
      </Panel>
    );
  }
  return <Rows sections={reveal.data.sections} name={filing.domainName || filing.id} />;
}

type Row = Sections[number]['rows'][number];

function Rows({ sections, name }: { readonly sections: Sections; readonly name: string }) {
  const { t, pick } = useText(handEntryWords);
  const columns = useColumns();
  const save = () => {
    const lines = sections.flatMap(({ title, rows }) =>
      rows.map(({ label, value, code }) => csvLine([pick(title), pick(label), value, code])),
    );
    saveFile(`${name}.csv`, 'text/csv', `${byteOrderMark}${lines.join('')}`);
  };
  return (
    <div className="prepare">
      <div className="row prepare-bar">
        <Button onClick={() => window.print()}>{t.hand.print}</Button>
        <Button onClick={save}>{t.hand.csv}</Button>
      </div>
      <p className="faint">{t.hand.codeHint}</p>
      {sections.map(({ id, title, rows }) => (
        <Panel key={id} title={pick(title)} flush>
          <Listing label={pick(title)} rows={rows} rowKey={(row) => row.id} columns={columns} empty={null} fits />
        </Panel>
      ))}
    </div>
  );
}

function useColumns(): Column<Row>[] {
  const { t, pick } = useText(handEntryWords);
  return [
    { key: 'field', label: t.hand.field, width: 240, onCard: 'title', render: ({ label }) => pick(label) },
    {
      key: 'value',
      label: t.hand.value,
      render: ({ value }) =>
        value === '' ? null : (
          <span className="row">
            <span>{value}</span>
            <CopyButton text={value} />
          </span>
        ),
    },
    { key: 'code', label: t.hand.code, width: 160, render: ({ code }) => <span className="mono">{code}</span> },
  ];
}
