import { type TableColumn, type TableMapping, tableColumns } from '@openbeian/model/inventory-table';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useText } from '../../language/language.tsx';
import { Choice } from '../../parts/choice.tsx';
import { Panel } from '../../parts/panel.tsx';
import { lettersOf } from './letters-of.ts';
import type { Source } from './source.ts';
import type { Import } from './use-import.ts';
import { inventoryWords } from './words.ts';

/** What only the person knows: which column is what, or whose a cloud's response is. */
export function ChoicesPanel({ at }: { readonly at: Import }) {
  const { source } = at;
  if (source.kind === 'table') return <Mapping at={at} source={source} />;
  if (source.kind === 'cloud') return <CloudChoices at={at} source={source} />;
  return null;
}

function Mapping({ at, source }: { readonly at: Import; readonly source: Extract<Source, { kind: 'table' }> }) {
  const { t, pick } = useText(inventoryWords);
  const [isWhole, setWhole] = useState(false);
  const { mapping } = at.choices;
  const put = (key: string, value: TableMapping[string] | null) => {
    const { [key]: _, ...others } = mapping;
    at.choose({ mapping: value === null ? others : { ...others, [key]: value } });
  };
  const shown = tableColumns.filter(({ key, isRequired }) => isWhole || isRequired || mapping[key] !== undefined);
  const missing = tableColumns.filter(({ key, isRequired }) => isRequired && mapping[key] === undefined);
  const used = new Set(Object.values(mapping).map((from) => ('column' in from ? from.column : null)));
  const unused = source.headers.flatMap((header, index) =>
    used.has(index) ? [] : [`${lettersOf(index)} ${header}`.trim()],
  );
  return (
    <Panel flush title={t.inventory.mapping.title}>
      <div className="stack" style={{ padding: '0 20px 12px' }}>
        <p className="faint">{t.inventory.mapping.hint}</p>
        {missing.length > 0 && (
          <p role="status">{t.inventory.mapping.missing(missing.map(({ name }) => pick(name)).join(t.app.comma))}</p>
        )}
        {unused.length > 0 && <p className="wrap">{t.inventory.mapping.unused(unused.join(t.app.comma))}</p>}
      </div>
      <ul className="mapping" aria-label={t.inventory.mapping.title}>
        {shown.map((column) => (
          <MappedColumn key={column.key} column={column} source={source} mapping={mapping} onPut={put} />
        ))}
      </ul>
      {!isWhole && (
        <div style={{ padding: '12px 20px' }}>
          <Button onClick={() => setWhole(true)}>{t.inventory.mapping.more}</Button>
        </div>
      )}
    </Panel>
  );
}

interface MappedColumnProps {
  readonly column: TableColumn;
  readonly source: Extract<Source, { kind: 'table' }>;
  readonly mapping: TableMapping;
  readonly onPut: (key: string, value: TableMapping[string] | null) => void;
}

function MappedColumn({ column, source, mapping, onPut }: MappedColumnProps) {
  const { t, pick } = useText(inventoryWords);
  const from = mapping[column.key];
  const name = pick(column.name);
  const value = from === undefined ? 'none' : 'value' in from ? 'fixed' : String(from.column);
  const choose = (chosen: string) => {
    if (chosen === 'none') onPut(column.key, null);
    else onPut(column.key, chosen === 'fixed' ? { value: '' } : { column: Number(chosen) });
  };
  const headers = source.headers.map((header, index) => ({
    value: String(index),
    label: `${lettersOf(index)} ${header}`,
  }));
  const samples =
    from === undefined || 'value' in from ? [] : source.rows.slice(0, 3).map(({ cells }) => cells[from.column] ?? '');
  return (
    <li>
      <div className="name" title={pick(column.about)}>
        {name} <span className="faint mono">{column.key}</span>
      </div>
      <Choice
        label={t.inventory.mapping.of(name)}
        value={value}
        width={200}
        onChange={choose}
        options={[
          { value: 'none', label: t.inventory.mapping.none },
          { value: 'fixed', label: t.inventory.mapping.fixed },
          ...headers,
        ]}
      />
      {from !== undefined && 'value' in from && (
        <Input
          aria-label={t.inventory.mapping.value(name)}
          placeholder={column.example}
          value={from.value}
          maxLength={200}
          style={{ width: 160 }}
          onChange={(event) => onPut(column.key, { value: event.target.value })}
        />
      )}
      <span className="faint wrap">{samples.filter((sample) => sample !== '').join(' · ')}</span>
    </li>
  );
}

function CloudChoices({ at, source }: { readonly at: Import; readonly source: Extract<Source, { kind: 'cloud' }> }) {
  const { t, pick } = useText(inventoryWords);
  const { cloud, account, realName } = at.choices;
  const words = tableColumns.find(({ key }) => key === 'realName')?.words ?? {};
  return (
    <Panel title={t.inventory.cloud.title}>
      <div className="row">
        {source.clouds.length > 1 && (
          <Choice
            label={t.inventory.cloud.which}
            value={cloud ?? source.clouds[0] ?? 'tencent'}
            width={200}
            onChange={(chosen) => at.choose({ cloud: chosen })}
            options={source.clouds.map((value) => ({ value, label: t.inventory.clouds[value] }))}
          />
        )}
        <Input
          aria-label={t.inventory.cloud.account}
          placeholder={t.inventory.cloud.account}
          className="mono"
          value={account}
          maxLength={200}
          style={{ width: 240, maxWidth: '100%' }}
          onChange={(event) => at.choose({ account: event.target.value })}
        />
        <Choice
          label={t.inventory.cloud.realName}
          value={realName}
          width={200}
          onChange={(chosen) => at.choose({ realName: chosen })}
          options={[
            { value: '', label: t.app.labelled(t.inventory.cloud.realName, t.inventory.cloud.unchanged) },
            ...Object.entries(words).map(([value, [zh = value]]) => ({ value, label: pick({ zh, en: value }) })),
          ]}
        />
      </div>
    </Panel>
  );
}
