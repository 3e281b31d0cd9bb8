import { UploadOutlined } from '@ant-design/icons';
import { resultsInFull } from '@openbeian/contract';
import { Alert, Button, Input } from 'antd';
import { type ChangeEvent, useRef, useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { problemParts } from '../../api/problem-parts.ts';
import { useCommand } from '../../api/use-command.ts';
import { useQuestion } from '../../api/use-question.ts';
import { useText } from '../../language/language.tsx';
import { Page } from '../../parts/page.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { resourceWords } from '../resource/words.ts';
import { CheckedInventory } from './checked-inventory.tsx';
import { exampleInventory } from './example-inventory.ts';
import { type ReadDocument, readDocument } from './read-document.ts';
import { inventoryWords } from './words.ts';

/** Loads accounts and resources. Everything that is wrong is shown with its line; with one mistake nothing is written. */
export function InventoryPage() {
  const { t } = useText(inventoryWords);
  const [text, setText] = useState('');
  const [asked, setAsked] = useState<ReadDocument | null>(null);
  const check = useQuestion('checkInventory');
  const load = useCommand('putInventory');

  const change = (next: string) => {
    setText(next);
    setAsked(null);
    check.reset();
    load.reset();
  };
  const send = (command: 'check' | 'load') => {
    const document = readDocument(text);
    setAsked(document);
    check.reset();
    load.reset();
    if (document.kind !== 'read') return;
    if (command === 'check') check.mutate({ body: document.value });
    else load.mutate({ body: document.value });
  };
  return (
    <Page title={t.inventory.title} lead={t.inventory.lead} topic="page:inventory">
      <Panel title={t.inventory.text}>
        <div className="stack">
          <Input.TextArea
            aria-label={t.inventory.text}
            className="mono"
            value={text}
            onChange={(event) => change(event.target.value)}
            autoSize={{ minRows: 14, maxRows: 30 }}
            spellCheck={false}
          />
          <div className="row">
            <Button type="primary" loading={load.isPending} onClick={() => send('load')}>
              {t.inventory.load}
            </Button>
            <Button loading={check.isPending} onClick={() => send('check')}>
              {t.inventory.check}
            </Button>
            <span className="push" />
            <Sources onPick={change} />
          </div>
        </div>
      </Panel>
      <div aria-live="polite">
        <Refusal document={asked} />
        <Places error={load.error ?? check.error} document={asked} />
        {load.data && <Imported answer={load.data} />}
        {check.data && <Checked answer={check.data} />}
      </div>
    </Page>
  );
}

/** Where a text comes from other than typing: a file, or the example. */
function Sources({ onPick }: { readonly onPick: (text: string) => void }) {
  const { t } = useText(inventoryWords);
  const file = useRef<HTMLInputElement>(null);
  const pickFile = async (event: ChangeEvent<HTMLInputElement>) => {
    const picked = event.target.files?.[0];
    if (picked) onPick(await picked.text());
    event.target.value = '';
  };

  return (
    <>
      <Button type="text" icon={<UploadOutlined />} onClick={() => file.current?.click()}>
        {t.inventory.upload}
      </Button>
      <Button type="text" onClick={() => onPick(exampleInventory)}>
        {t.inventory.example}
      </Button>
      <input
        ref={file}
        type="file"
        accept=".yaml,.yml,.json,text/yaml,application/json"
        hidden
        aria-label={t.inventory.upload}
        onChange={pickFile}
      />
    </>
  );
}

function Imported({ answer }: { readonly answer: AnswerOf<'putInventory'> }) {
  const { t } = useText(inventoryWords);
  return (
    <Alert
      type="success"
      showIcon
      style={{ marginBottom: 16 }}
      title={t.inventory.done}
      description={
        <>
          <p>{t.inventory.doneText(answer.accounts, answer.resources)}</p>
          <p className="wrap">
            {answer.changed.length === 0
              ? t.inventory.unchanged
              : `${t.inventory.changed}: ${answer.changed.join(', ')}`}
          </p>
        </>
      }
    />
  );
}

function Checked({ answer }: { readonly answer: AnswerOf<'checkInventory'> }) {
  const { t, day } = useText(inventoryWords, resourceWords);
  return (
    <Panel
      flush
      title={t.inventory.checked(answer.results.length)}
      beside={<span className="faint">{t.resource.asOf(day(answer.at))}</span>}
    >
      <CheckedInventory results={resultsInFull(answer)} />
    </Panel>
  );
}

/** What cannot even be read. */
function Refusal({ document }: { readonly document: ReadDocument | null }) {
  const { t } = useText(inventoryWords);
  if (document === null || document.kind === 'read') return null;
  const style = { marginBottom: 16 };
  switch (document.kind) {
    case 'empty':
      return <Alert type="warning" showIcon style={style} title={t.inventory.empty} />;
    case 'not_mapping':
      return <Alert type="error" showIcon style={style} title={t.inventory.notMapping} />;
    case 'key_twice':
      return <Alert type="error" showIcon style={style} title={t.inventory.keyTwice(document)} />;
    case 'syntax':
      return (
        <Alert
          type="error"
          showIcon
          style={style}
          title={`${t.inventory.syntax} (${t.inventory.syntaxAt(document.line, document.column)})`}
          description={<span className="mono">{document.message}</span>}
        />
      );
  }
}

/** The server's problems, each place with its line in what was pasted. */
function Places({ error, document }: { readonly error: Error | null; readonly document: ReadDocument | null }) {
  const { t, pick } = useText(inventoryWords);
  if (error === null) return null;
  const problem = problemParts(error);
  if (problem.places.length === 0 || document?.kind !== 'read') return <ProblemAlert error={error} />;
  return (
    <Alert
      role="alert"
      type="error"
      showIcon
      style={{ marginBottom: 16, alignItems: 'flex-start' }}
      title={pick(problem.text)}
      description={
        <ul className="lines">
          {problem.places.map((place) => {
            const line = document.lineOf(inInventory(place.path));
            return (
              <li key={`${place.path} ${place.text.en}`} className="wrap">
                <span className="mono">{inInventory(place.path)}</span>
                {line !== null && <span className="faint"> ({t.inventory.line(line)})</span>}
                {' — '}
                {pick(place.text)}
              </li>
            );
          })}
          {problem.morePlaces > 0 && <li>{t.error.morePlaces(problem.morePlaces)}</li>}
        </ul>
      }
    />
  );
}

/** The server's paths start at the request (`body.resources[0]`); here they start at the document. */
function inInventory(path: string): string {
  return path.replace(/^body\.?/, '');
}
