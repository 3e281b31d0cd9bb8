import { addDays, dayOf } from '@openbeian/model/calendar';
import { type ButtonHTMLAttributes, type FocusEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useText } from '../language/language.tsx';
import type { Language } from '../language/words.ts';
import { dayWords } from './day-words.ts';

interface DayCalendarProps {
  /** Chosen now. */
  readonly day: string | null;
  readonly onPick: (day: string) => void;
  readonly onClose: () => void;
}

/** By how many days or months each key goes on. */
const days: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
const months: Readonly<Record<string, number>> = { PageUp: -1, PageDown: 1 };

/** A month of days to pick one from, by mouse or keyboard. */
export function DayCalendar({ day, onPick, onClose }: DayCalendarProps) {
  const { t, language } = useText(dayWords);
  const place = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(() => day ?? dayOf(new Date().toISOString()));
  // Whoever goes on with the keyboard is at the day that they came to.
  useEffect(() => {
    place.current?.querySelector<HTMLButtonElement>(`[data-day="${at}"]`)?.focus();
  }, [at]);
  const goOn = (event: KeyboardEvent) => {
    const [byDays, byMonths] = [days[event.key], months[event.key]];
    if (event.key === 'Escape') onClose();
    else if (byDays !== undefined) setAt(addDays(at, byDays));
    else if (byMonths !== undefined) setAt(inMonth(at, byMonths));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  // On its buttons, since only those are ever focused.
  const leave = ({ relatedTarget }: FocusEvent) => !place.current?.contains(relatedTarget) && onClose();
  const ways = { onKeyDown: goOn, onBlur: leave };
  const format = (options: Intl.DateTimeFormatOptions, of: string) => formatDay(language, options, of);
  return (
    <div ref={place} role="dialog" aria-label={t.day.open} className="day-calendar">
      <Months at={at} onGo={(by) => setAt(inMonth(at, by))} buttons={ways} />
      <div className="days">
        {weekOf(at).map((one) => (
          <span key={one} className="faint">
            {format({ weekday: 'narrow' }, one)}
          </span>
        ))}
        {daysShown(at).map((one) => (
          <button
            key={one}
            type="button"
            data-day={one}
            tabIndex={one === at ? 0 : -1}
            aria-label={format({ dateStyle: 'long' }, one)}
            aria-pressed={one === day}
            className={one.slice(0, 7) === at.slice(0, 7) ? undefined : 'other'}
            onClick={() => onPick(one)}
            {...ways}
          >
            {Number(one.slice(8))}
          </button>
        ))}
      </div>
    </div>
  );
}

const formatDay = (language: Language, options: Intl.DateTimeFormatOptions, day: string): string =>
  new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en', { timeZone: 'UTC', ...options }).format(
    new Date(`${day}T00:00:00Z`),
  );

interface MonthsProps {
  readonly at: string;
  readonly onGo: (months: number) => void;
  readonly buttons: Pick<ButtonHTMLAttributes<HTMLButtonElement>, 'onKeyDown' | 'onBlur'>;
}

/** Which month it is, and the way to others. */
function Months({ at, onGo, buttons }: MonthsProps) {
  const { t, language } = useText(dayWords);
  const go = (label: string, sign: string, by: number) => (
    <button type="button" aria-label={label} title={label} onClick={() => onGo(by)} {...buttons}>
      {sign}
    </button>
  );
  return (
    <div className="months">
      {go(t.day.previousYear, '«', -12)}
      {go(t.day.previousMonth, '‹', -1)}
      <strong aria-live="polite">{formatDay(language, { year: 'numeric', month: 'long' }, at)}</strong>
      {go(t.day.nextMonth, '›', 1)}
      {go(t.day.nextYear, '»', 12)}
    </div>
  );
}

/** The same day of another month, or its last one. */
function inMonth(day: string, by: number): string {
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + by;
  const first = `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}-01`;
  const wanted = addDays(first, Number(day.slice(8)) - 1);
  if (wanted.slice(0, 7) === first.slice(0, 7)) return wanted;
  return addDays(wanted, -Number(wanted.slice(8)));
}

/** From the Monday on or before it. */
function weekOf(day: string): string[] {
  const sinceMonday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return Array.from({ length: 7 }, (_, index) => addDays(day, index - sinceMonday));
}

/** Six weeks with the whole month of the day. */
function daysShown(day: string): string[] {
  const [monday = day] = weekOf(`${day.slice(0, 7)}-01`);
  return Array.from({ length: 42 }, (_, index) => addDays(monday, index));
}
