import { DownloadOutlined, SettingOutlined } from '@ant-design/icons';
import { Button, Checkbox, Popover, Segmented } from 'antd';
import { useRef, useState } from 'react';
import { useText } from '../language/language.tsx';
import type { Column } from './column.ts';
import { csvOf } from './csv-of.ts';
import { isShown, type ListSettings } from './list-settings.ts';
import { useMessage } from './message.tsx';
import { mostExported, type ReadPage, readAll } from './read-all.ts';
import { saveFile } from './save-file.ts';

interface ListToolsProps<Row> {
  /** Of the list, and of the file that it is exported to. */
  readonly name: string;
  readonly columns: readonly Column<Row>[];
  readonly settings: ListSettings;
  readonly onSettings: (change: Partial<ListSettings>) => void;
  /** Left out: the list is not exported. */
  readonly exported?: ReadPage<Row> | undefined;
}

/** Which columns a list has, how dense it is, and all that it finds as a file. */
export function ListTools<Row>({ name, columns, settings, onSettings, exported }: ListToolsProps<Row>) {
  const { t } = useText();
  return (
    <span className="push row" style={{ gap: 4 }}>
      {exported && <ExportButton name={name} columns={columns} read={exported} />}
      <Popover
        trigger="click"
        placement="topRight"
        content={<Settings columns={columns} settings={settings} onSettings={onSettings} />}
      >
        <Button type="text" size="small" icon={<SettingOutlined />}>
          {t.list.settings}
        </Button>
      </Popover>
    </span>
  );
}

function Settings<Row>({
  columns,
  settings,
  onSettings,
}: Pick<ListToolsProps<Row>, 'columns' | 'settings' | 'onSettings'>) {
  const { t } = useText();
  const chosen = columns.filter(({ onCard }) => onCard !== 'title' && onCard !== 'actions');
  return (
    <div className="stack" style={{ gap: 10, minWidth: 180 }}>
      <fieldset className="plain">
        <legend className="faint">{t.list.columns}</legend>
        {chosen.map((column) => (
          <div key={column.key}>
            <Checkbox
              checked={isShown(column, settings)}
              onChange={({ target }) => onSettings({ shown: { ...settings.shown, [column.key]: target.checked } })}
            >
              {column.label}
            </Checkbox>
          </div>
        ))}
      </fieldset>
      <Segmented
        block
        aria-label={t.list.density}
        value={settings.isDense ? 'dense' : 'roomy'}
        onChange={(value) => onSettings({ isDense: value === 'dense' })}
        options={[
          { value: 'roomy', label: t.list.roomy },
          { value: 'dense', label: t.list.dense },
        ]}
      />
    </div>
  );
}

interface ExportButtonProps<Row> {
  readonly name: string;
  readonly columns: readonly Column<Row>[];
  readonly read: ReadPage<Row>;
}

/** Everything that the list finds, on all its pages, as CSV; it says how far it is and can be stopped. */
export function ExportButton<Row>({ name, columns, read }: ExportButtonProps<Row>) {
  const { t } = useText();
  const message = useMessage();
  const [count, setCount] = useState<number | null>(null);
  const stopping = useRef<AbortController>(null);
  const save = async () => {
    const controller = new AbortController();
    stopping.current = controller;
    setCount(0);
    try {
      const { rows, isCut } = await readAll(read, { onProgress: setCount, signal: controller.signal });
      saveFile(`openbeian-${name}.csv`, 'text/csv', csvOf(columns, rows));
      if (isCut) message.warning(t.list.exportCut(mostExported));
      else message.success(t.list.exported(rows.length));
    } catch {
      if (!controller.signal.aborted) message.error(t.list.exportFailed);
    } finally {
      setCount(null);
    }
  };
  if (count === null) {
    return (
      <Button type="text" size="small" icon={<DownloadOutlined />} onClick={() => void save()}>
        {t.list.export}
      </Button>
    );
  }
  return (
    <>
      <span role="status">{t.list.exporting(count)}</span>
      <Button size="small" onClick={() => stopping.current?.abort()}>
        {t.app.cancel}
      </Button>
    </>
  );
}
