import { Modal } from 'antd';
import { type KeyboardEvent, type Ref, useEffect, useId, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { useText } from '../../language/language.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import type { Found, FoundGroup, MenuPage } from './found.ts';
import { useFound } from './use-found.ts';
import { searchWords } from './words.ts';

interface SearchDialogProps {
  readonly pages: readonly MenuPage[];
  readonly onClose: () => void;
}

/** One field for everything; what is found below it is chosen with the arrows and opened with Enter. */
export function SearchDialog({ pages, onClose }: SearchDialogProps) {
  const { t } = useText(searchWords);
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const { groups, isWaiting, error } = useFound(typed, pages);
  const input = useRef<HTMLInputElement>(null);
  const navigate = useNavigate();
  const listId = useId();
  const all = groups.flatMap(({ found }) => found);
  const at = Math.min(active, all.length - 1);
  const chosen = all[at];
  const open = (found: Found) => {
    onClose();
    void navigate(found.to);
  };
  const isIdle = typed.trim() === '';
  return (
    <Modal
      open
      title={t.search.title}
      footer={null}
      width={640}
      onCancel={onClose}
      afterOpenChange={(isOpen) => isOpen && input.current?.focus()}
    >
      <SearchField
        ref={input}
        listId={listId}
        count={all.length}
        at={at}
        typed={typed}
        onType={(text) => {
          setTyped(text);
          setActive(0);
        }}
        onMove={setActive}
        onEnter={() => chosen !== undefined && !isWaiting && open(chosen)}
      />
      <p className="search-count" role="status">
        {!isIdle && !isWaiting && all.length > 0 && t.search.count(all.filter(({ title }) => title !== null).length)}
      </p>
      <ProblemAlert error={error} />
      {isIdle && <p className="search-note">{t.search.idle}</p>}
      {!isIdle && !isWaiting && all.length === 0 && error === null && (
        <p className="search-note" role="status">
          <strong>{t.search.none}</strong>
          {t.search.noneHint}
        </p>
      )}
      <FoundList id={listId} groups={groups} active={at} onOpen={open} />
      <p className="search-keys" aria-hidden="true">
        <kbd>↑</kbd> <kbd>↓</kbd> {t.search.keys.move} <kbd>Enter</kbd> {t.search.keys.open} <kbd>Esc</kbd>{' '}
        {t.search.keys.close}
      </p>
    </Modal>
  );
}

interface SearchFieldProps {
  readonly ref: Ref<HTMLInputElement>;
  readonly listId: string;
  readonly count: number;
  /** Which of them is active; -1: none. */
  readonly at: number;
  readonly typed: string;
  readonly onType: (text: string) => void;
  readonly onMove: (at: number) => void;
  readonly onEnter: () => void;
}

/** Keeps the focus, and says which line of the list is active. */
function SearchField({ ref, listId, count, at, typed, onType, onMove, onEnter }: SearchFieldProps) {
  const { t } = useText(searchWords);
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const next = { ArrowDown: at + 1, ArrowUp: at - 1 + count }[event.key];
    if (next !== undefined && count > 0) onMove(next % count);
    else if (event.key === 'Enter') onEnter();
    else return;
    event.preventDefault();
  };
  return (
    <input
      ref={ref}
      className="search-field"
      type="text"
      role="combobox"
      aria-label={t.search.title}
      aria-expanded={count > 0}
      aria-controls={listId}
      aria-autocomplete="list"
      aria-activedescendant={at < 0 ? undefined : `${listId}-${at}`}
      placeholder={t.search.hint}
      maxLength={200}
      autoComplete="off"
      spellCheck={false}
      value={typed}
      onChange={({ target }) => onType(target.value)}
      onKeyDown={onKey}
    />
  );
}

interface FoundListProps {
  readonly id: string;
  readonly groups: readonly FoundGroup[];
  readonly active: number;
  readonly onOpen: (found: Found) => void;
}

function FoundList({ id, groups, active, onOpen }: FoundListProps) {
  const { t, pick } = useText(searchWords);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector(`[id="${id}-${active}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [id, active]);
  const textOf = (text: Found['title']) => (typeof text === 'string' ? text : pick(text));
  const before = groups.map((_, index) => groups.slice(0, index).reduce((sum, { found }) => sum + found.length, 0));
  return (
    // The field keeps the focus: what is active is said by its aria-activedescendant.
    <div ref={list} id={id} role="listbox" aria-label={t.search.title} className="search-found">
      {groups.map(({ kind, found }, index) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset may not be in a listbox.
        <div key={kind} role="group" aria-labelledby={`${id}-${kind}`}>
          <h3 id={`${id}-${kind}`} role="presentation">
            {t.search.kinds[kind]}
          </h3>
          {found.map((one, place) => {
            const at = (before[index] ?? 0) + place;
            return (
              <button
                key={one.key}
                id={`${id}-${at}`}
                type="button"
                role="option"
                tabIndex={-1}
                aria-selected={at === active}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => onOpen(one)}
              >
                <span>{one.title === null ? t.search.more : textOf(one.title)}</span>
                {one.detail !== null && <small>{textOf(one.detail)}</small>}
              </button>
            );
          })}
        </div>
      ))}
    </div>
  );
}
