import { DownloadOutlined, UploadOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { type ChangeEvent, type DragEvent, useRef, useState } from 'react';
import { useText } from '../../language/language.tsx';
import { Panel } from '../../parts/panel.tsx';
import './inventory.css';
import { Recognised } from './recognised.tsx';
import { saveTemplate, yamlTemplate } from './templates.ts';
import type { Import } from './use-import.ts';
import { inventoryWords } from './words.ts';

/** Where an inventory comes from: a file, chosen or dropped, or a text that is pasted. */
export function SourcePanel({ at }: { readonly at: Import }) {
  const { t } = useText(inventoryWords);
  const { name, content } = at.given;
  const isFile = name !== null;
  return (
    <Panel title={t.inventory.source} actions={<Templates />}>
      <div className="stack">
        {isFile ? <ChosenFile at={at} /> : <Choosing at={at} />}
        <Recognised source={at.source} isReading={at.isReading} isEmpty={content === ''} />
      </div>
    </Panel>
  );
}

function ChosenFile({ at }: { readonly at: Import }) {
  const { t } = useText(inventoryWords);
  return (
    <div className="row">
      <span className="mono wrap">{at.given.name}</span>
      <Button onClick={() => at.give({ name: null, content: '' })}>{t.inventory.other}</Button>
    </div>
  );
}

function Choosing({ at }: { readonly at: Import }) {
  const { t } = useText(inventoryWords);
  const [isOver, setOver] = useState(false);
  const file = useRef<HTMLInputElement>(null);
  const take = (picked: File | null | undefined) => {
    if (picked) at.give({ name: picked.name, content: picked });
  };
  const pick = (event: ChangeEvent<HTMLInputElement>) => {
    take(event.target.files?.[0]);
    event.target.value = '';
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  const over = (is: boolean) => (event: DragEvent) => {
    event.preventDefault();
    setOver(is);
  };
  return (
    <>
      {/* Dropping is a shortcut: the button inside does the same by keyboard. */}
      <div
        className={isOver ? 'drop-zone over' : 'drop-zone'}
        role="presentation"
        onDragOver={over(true)}
        onDragLeave={over(false)}
        onDrop={drop}
      >
        <span className="faint">{t.inventory.drop}</span>
        <div className="row">
          <Button icon={<UploadOutlined />} onClick={() => file.current?.click()}>
            {t.inventory.upload}
          </Button>
          <Button type="text" onClick={() => at.give({ name: null, content: yamlTemplate(null) })}>
            {t.inventory.example}
          </Button>
        </div>
        <input
          ref={file}
          type="file"
          accept=".yaml,.yml,.json,.ndjson,.jsonl,.csv,.tsv,.txt,.xlsx"
          hidden
          aria-label={t.inventory.upload}
          onChange={pick}
        />
      </div>
      <Input.TextArea
        aria-label={t.inventory.text}
        placeholder={t.inventory.paste}
        className="mono"
        value={typeof at.given.content === 'string' ? at.given.content : ''}
        onChange={(event) => at.give({ name: null, content: event.target.value })}
        autoSize={{ minRows: 4, maxRows: 24 }}
        spellCheck={false}
      />
    </>
  );
}

function Templates() {
  const { t, language } = useText(inventoryWords);
  return (
    <>
      <span className="faint">{t.inventory.template.label}</span>
      {(['xlsx', 'csv', 'yaml'] as const).map((format) => (
        <Button
          key={format}
          size="small"
          icon={<DownloadOutlined />}
          aria-label={`${t.inventory.template.label} ${format.toUpperCase()}`}
          onClick={() => saveTemplate(format, language)}
        >
          {format.toUpperCase()}
        </Button>
      ))}
    </>
  );
}
