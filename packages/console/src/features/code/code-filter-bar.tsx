import { DownloadOutlined } from '@ant-design/icons';
import { AutoComplete, Button, Dropdown, Input, Select } from 'antd';
import { useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { useMessage } from '../../parts/message.tsx';
import { mostExported } from '../../parts/read-all.ts';
import { saveFile } from '../../parts/save-file.ts';
import { TypedFilter } from '../../parts/typed-filter.tsx';
import type { CodeFilter, CodeQuery } from './code-filter.ts';
import { codeStates } from './code-state.ts';
import { allCodes, codesAsText } from './export-codes.ts';
import { codeWords } from './words.ts';

interface CodeFilterBarProps {
  readonly filter: CodeFilter;
  readonly query: CodeQuery;
  readonly counts: AnswerOf<'countCodes'> | undefined;
  /** The account's own resources are proposed. */
  readonly ownResources: boolean;
  readonly onChange: (name: 'state' | 'resource' | 'search', value: string) => void;
}

/** Narrows the list of codes, and takes what it shows away as a file. */
export function CodeFilterBar({ filter, query, counts, ownResources, onChange }: CodeFilterBarProps) {
  const { t } = useText(codeWords);
  const counted = (label: string, count: number | undefined) => (count === undefined ? label : `${label} (${count})`);
  const resources = useAnswer('listResources', { query: { limit: 500 } }, { enabled: ownResources });
  return (
    <div className="bar filters">
      <Select
        aria-label={t.code.stateFilter}
        value={filter.state ?? 'all'}
        onChange={(state: string) => onChange('state', state === 'all' ? '' : state)}
        style={{ width: 180 }}
        options={[
          { value: 'all', label: counted(t.app.all, counts?.total) },
          ...codeStates.map((state) => ({
            value: state,
            label: counted(t.code.states[state], counts?.states[state]),
          })),
        ]}
      />
      <TypedFilter
        label={t.code.resourceFilter}
        value={filter.resourceId}
        onDone={(text) => onChange('resource', text)}
      >
        {(typed) => (
          <AutoComplete
            {...typed}
            allowClear
            options={(resources.data?.resources ?? []).map(({ id }) => ({ value: id }))}
            showSearch={{ filterOption: true }}
            placeholder={t.code.resourceFilter}
            onSelect={(id: string) => onChange('resource', id)}
            style={{ width: 200 }}
          />
        )}
      </TypedFilter>
      <TypedFilter label={t.code.search} value={filter.search} onDone={(text) => onChange('search', text)}>
        {({ onChange: onType, ...typed }) => (
          <Input
            {...typed}
            allowClear
            onChange={(event) => onType(event.target.value)}
            placeholder={t.code.search}
            style={{ width: 310 }}
          />
        )}
      </TypedFilter>
      <ExportButton query={query} />
    </div>
  );
}

function ExportButton({ query }: { readonly query: CodeQuery }) {
  const { t } = useText(codeWords);
  const message = useMessage();
  const [count, setCount] = useState<number | null>(null);
  const save = async (format: 'csv' | 'json') => {
    setCount(0);
    try {
      const { codes, isCut } = await allCodes(query, { onProgress: setCount });
      saveFile(
        `openbeian-codes.${format}`,
        format === 'csv' ? 'text/csv' : 'application/json',
        codesAsText(codes, format),
      );
      if (isCut) message.warning(t.code.exportCut(mostExported));
      else message.success(t.code.exported(codes.length));
    } catch {
      message.error(t.list.exportFailed);
    } finally {
      setCount(null);
    }
  };
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'csv', label: t.code.exportCsv },
          { key: 'json', label: t.code.exportJson },
        ],
        onClick: ({ key }) => void save(key === 'csv' ? 'csv' : 'json'),
      }}
    >
      <Button className="push" icon={<DownloadOutlined />} loading={count !== null} title={t.code.exportHint}>
        {count === null ? t.list.export : t.list.exporting(count)}
      </Button>
    </Dropdown>
  );
}
