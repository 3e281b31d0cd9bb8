/**
 * The time of day that somebody typed or pasted, `HH:MM`: 9:30, 0930, 09：30, 9点30分, 9点; null where it is none.
 */
export function timeIn(text: string): string | null {
  const plain = text.normalize('NFKC').trim();
  const found = /^(\d{2})(\d{2})$/.exec(plain) ?? /^(\d{1,2})\s*[:.点时]\s*(?:(\d{1,2})\s*分?)?$/.exec(plain);
  if (found === null) return null;
  const [, hour = '', minute = '0'] = found;
  if (Number(hour) > 23 || Number(minute) > 59) return null;
  return `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
}
