import { useState } from 'react';
import { useText } from '../language/language.tsx';
import { DayField } from './day-field.tsx';
import { timeIn } from './time-in.ts';
import { timeWords } from './time-words.ts';

interface TimeFieldProps {
  readonly id?: string;
  /** `YYYY-MM-DDTHH:MM` in Asia/Shanghai, where times are shown; nothing where none is given. Left out inside a form. */
  readonly value?: string;
  /** A time, or an empty text where there is none or only a part of one. */
  readonly onChange?: (time: string) => void;
  readonly 'aria-label': string;
  readonly 'aria-invalid'?: boolean;
  readonly 'aria-describedby'?: string;
}

/** A minute of a day: a day as everywhere, and beside it the time. The browser's own field has the order and words of the browser. */
export function TimeField({ id, value = '', onChange, 'aria-label': label, ...rest }: TimeFieldProps) {
  const { t } = useText(timeWords);
  // Of a time that is not whole yet; null: the value is shown.
  const [part, setPart] = useState<{ readonly day: string; readonly time: string } | null>(null);
  const { day, time } = part ?? { day: value.slice(0, 10), time: value.slice(11) };
  const change = (next: { readonly day: string; readonly time: string }) => {
    const found = timeIn(next.time);
    const isWhole = next.day !== '' && found !== null;
    setPart(isWhole && found === next.time ? null : next);
    onChange?.(isWhole ? `${next.day}T${found}` : '');
  };
  // What was typed in another way is shown as it was understood, once it is left.
  const leave = () => {
    const found = timeIn(time);
    if (found !== null) change({ day, time: found });
  };
  const isWrong = time !== '' && timeIn(time) === null;
  return (
    <span className="time-field">
      <DayField
        {...rest}
        {...(id === undefined ? {} : { id })}
        aria-label={t.time.dayOf(label)}
        value={day}
        width={150}
        onChange={(chosen) => change({ day: chosen, time })}
      />
      <input
        {...rest}
        className="day"
        aria-label={t.time.timeOf(label)}
        aria-invalid={isWrong || rest['aria-invalid'] === true}
        autoComplete="off"
        inputMode="numeric"
        maxLength={10}
        placeholder={t.time.format}
        value={time}
        onChange={({ target }) => change({ day, time: target.value })}
        onBlur={leave}
      />
    </span>
  );
}
