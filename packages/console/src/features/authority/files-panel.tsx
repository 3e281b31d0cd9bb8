import { useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Choice } from '../../parts/choice.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Panel } from '../../parts/panel.tsx';
import { State } from '../../parts/state.tsx';
import { ContentButton } from './content-button.tsx';
import { anchors } from './sections-bar.tsx';
import { authorityWords } from './words.ts';

type File = AnswerOf<'listAuthorityFiles'>['files'][number];

/** Older ones are listed by the command. */
const mostFiles = 20;

interface FilesPanelProps {
  readonly provinceCodes: readonly string[];
  readonly nameOf: (provinceCode: string) => string;
}

/** What was downloaded from a province last, each file with its content. */
export function FilesPanel({ provinceCodes, nameOf }: FilesPanelProps) {
  const { t } = useText(authorityWords);
  const [chosen, setChosen] = useState<string | null>(null);
  const [first] = provinceCodes;
  const provinceCode = chosen ?? first;
  if (provinceCode === undefined) return null;
  return (
    <Panel flush anchor={anchors.files} title={t.line.files}>
      {provinceCodes.length > 1 && (
        <div className="bar filters">
          <Choice
            label={t.line.province}
            width={140}
            value={provinceCode}
            onChange={setChosen}
            options={provinceCodes.map((value) => ({ value, label: nameOf(value) }))}
          />
        </div>
      )}
      <FilesOf key={provinceCode} provinceCode={provinceCode} />
    </Panel>
  );
}

function FilesOf({ provinceCode }: { readonly provinceCode: string }) {
  const { t, instant } = useText(authorityWords);
  const input = { params: { provinceCode }, query: { limit: mostFiles } };
  const files = useAnswer('listAuthorityFiles', input, { refreshMs: 10_000 });
  const columns: Column<File>[] = [
    {
      key: 'name',
      label: t.line.file,
      onCard: 'title',
      render: (row) => <span className="mono wrap">{row.fileName || '—'}</span>,
    },
    { key: 'state', label: t.line.state, onCard: 'state', render: (row) => <FileState file={row} /> },
    {
      key: 'fetchedAt',
      label: t.line.fetchedAt,
      render: (row) => <span className="number">{instant(row.fetchedAt)}</span>,
    },
    {
      key: 'actions',
      label: '',
      onCard: 'actions',
      render: (row) => <ContentButton kind="file" documentId={row.id} />,
    },
  ];
  return (
    <Loaded query={files}>
      {(answer) => (
        <Listing
          label={t.line.files}
          rows={answer.files}
          rowKey={(row) => row.id}
          columns={columns}
          empty={<Empty title={t.line.noFiles} />}
        />
      )}
    </Loaded>
  );
}

function FileState({ file: { trouble, acknowledgedAt } }: { readonly file: File }) {
  const { t } = useText(authorityWords);
  if (trouble === null) {
    const isKnown = acknowledgedAt !== null;
    const state = isKnown ? 'acknowledged' : 'notAcknowledged';
    return <State tone={isKnown ? 'good' : 'warn'}>{t.line.fileStates[state]}</State>;
  }
  return (
    <div>
      <State tone="bad">{t.line.fileStates.unreadable}</State>
      <div className="faint mono">{trouble}</div>
    </div>
  );
}
