import { Modal } from 'antd';
import { useText } from '../language/language.tsx';
import type { Shortcut } from './shortcut.ts';

interface ShortcutsListProps {
  readonly shortcuts: readonly Shortcut[];
  readonly onClose: () => void;
}

/** The keys of a page and what they do. */
export function ShortcutsList({ shortcuts, onClose }: ShortcutsListProps) {
  const { t } = useText();
  return (
    <Modal open title={t.part.shortcuts} footer={null} onCancel={onClose} width={460}>
      <dl className="shortcuts">
        {[...shortcuts, { keys: ['?'], label: t.part.shortcutsList }].map(({ keys, label }) => (
          <div key={label}>
            <dt>
              {keys.length > 3 ? (
                <kbd>{`${nameOf(keys[0] ?? '')}–${nameOf(keys.at(-1) ?? '')}`}</kbd>
              ) : (
                keys.map((key) => <kbd key={key}>{nameOf(key)}</kbd>)
              )}
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}

const names: Readonly<Record<string, string>> = {
  arrowdown: '↓',
  arrowup: '↑',
  enter: 'Enter',
  escape: 'Esc',
  'ctrl+k': 'Ctrl K',
};
const nameOf = (key: string): string => names[key] ?? key.toUpperCase();
