import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useParams } from 'react-router';
import { call } from '../../api/client.ts';
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
import { type Sections, type SheetPicture, sheetCsv, sheetZip } from './sheet-files.ts';
import { handEntryWords } from './words.ts';

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
  return <Rows sections={reveal.data.sections} filing={filing} />;
}

type Row = Sections[number]['rows'][number];

function Rows({ sections, filing }: { readonly sections: Sections; readonly filing: Filing }) {
  const { t, pick, language } = useText(handEntryWords);
  const columns = useColumns();
  const name = filing.domainName || filing.id;
  const zip = useZip(filing, sections);
  return (
    <>
      <div className="row screen-only" style={{ marginBottom: 12 }}>
        <Button onClick={() => window.print()}>{t.hand.print}</Button>
        <Button onClick={() => saveFile(`${name}.csv`, 'text/csv', sheetCsv(sections, language))}>{t.hand.csv}</Button>
        <Button loading={zip.isPending} onClick={() => zip.mutate()}>
          {t.hand.zip}
        </Button>
      </div>
      <ProblemAlert error={zip.error} />
      <p className="faint">{t.hand.codeHint}</p>
      {sections.map(({ id, title, rows }) => (
        <Panel key={id} title={pick(title)} flush>
          <Listing label={pick(title)} rows={rows} rowKey={(row) => row.id} columns={columns} empty={null} fits />
        </Panel>
      ))}
    </>
  );
}

/** Fetches the authority's copy of each picture, which is audited one by one, and hands the person one ZIP. */
function useZip(filing: Filing, sections: Sections) {
  const { t, language } = useText(handEntryWords);
  const name = filing.domainName || filing.id;
  return useMutation({
    mutationFn: async () => {
      const { needed } = await call('listMaterials', { params: { filingId: filing.id } });
      const pictures: SheetPicture[] = [];
      for (const { imageUse, name: what, materials } of needed) {
        // A paper between us and the customer: the authority has no place for it.
        if (imageUse === null) continue;
        for (const { id } of materials) {
          const { bytes } = await call('openMaterial', {
            params: { materialId: id },
            body: { which: 'copy', because: 'hand_entry' },
          });
          pictures.push({ use: imageUse, name: what.zh, bytes });
        }
      }
      const bytes = sheetZip(sections, pictures, { title: `${t.hand.title} · ${name}`, language });
      saveFile(`${name}.zip`, 'application/zip', bytes);
    },
  });
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
            {/* A public key is one word of hundreds of letters. */}
            <span className="wrap" style={{ minWidth: 0 }}>
              {value}
            </span>
            <CopyButton text={value} />
          </span>
        ),
    },
    { key: 'code', label: t.hand.code, width: 160, render: ({ code }) => <span className="mono">{code}</span> },
  ];
}
