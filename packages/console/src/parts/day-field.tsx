import { useState } from 'react';
import { useText } from '../language/language.tsx';
import './choice.css';
import { dayIn } from './day-in.ts';
import { dayWords } from './day-words.ts';
import { later } from './later.tsx';
import './day-field.css';

const DayCalendar = later(async () => (await import('./day-calendar.tsx')).DayCalendar);

interface DayFieldProps {
  readonly id?: string;
  /** YYYY-MM-DD; nothing where none is given. Left out inside a form, which gives it. */
  readonly value?: string | null;
  /** A day, or an empty text where there is none. */
  readonly onChange?: (day: string) => void;
  readonly onBlur?: () => void;
  /** Read to whoever does not see what is around it. */
  readonly 'aria-label'?: string;
  readonly 'aria-invalid'?: boolean;
  readonly 'aria-describedby'?: string;
  readonly 'aria-required'?: boolean;
  /** Said by `aria-invalid`; the library's own fields are given it. */
  readonly status?: '' | 'error';
  readonly disabled?: boolean;
  /** In pixels. */
  readonly width?: number;
}

/**
 * A day, typed in whatever way or picked from a calendar in the page's language: the browser's own field has the order and the words
 * of the browser.
 */
export function DayField(props: DayFieldProps) {
  const { value, onChange, onBlur, width = 170, disabled = false, status: _status, ...rest } = props;
  const { t } = useText(dayWords);
  // What is being typed; null: the value is shown.
  const [typed, setTyped] = useState<string | null>(null);
  const [isOpen, setOpen] = useState(false);
  const isWrong = typed !== null && typed !== '' && dayIn(typed) === null;
  const type = (text: string) => {
    setTyped(text);
    const day = dayIn(text);
    if (day !== null || text === '') onChange?.(day ?? '');
  };
  const leave = () => {
    // What is no day stays in sight, and is none.
    if (isWrong) onChange?.('');
    else setTyped(null);
    onBlur?.();
  };
  const pick = (day: string) => {
    setTyped(null);
    setOpen(false);
    onChange?.(day);
  };
  return (
    <span className="day-field" style={{ width }}>
      <input
        {...rest}
        className="day"
        autoComplete="off"
        inputMode="numeric"
        disabled={disabled}
        maxLength={20}
        placeholder={t.day.format}
        aria-invalid={isWrong || rest['aria-invalid'] === true}
        value={typed ?? value ?? ''}
        onChange={({ target }) => type(target.value)}
        onBlur={leave}
      />
      <button
        type="button"
        aria-label={t.day.open}
        aria-expanded={isOpen}
        disabled={disabled}
        onClick={() => setOpen(!isOpen)}
      >
        <svg width="14" height="14" viewBox="0 0 16 16" fill="none" stroke="currentColor" aria-hidden="true">
          <path d="M2.5 4h11v10h-11zM2.5 7h11M5.5 2v3M10.5 2v3" strokeWidth="1.3" />
        </svg>
      </button>
      {isOpen && <DayCalendar day={value || null} onClose={() => setOpen(false)} onPick={pick} />}
    </span>
  );
}
