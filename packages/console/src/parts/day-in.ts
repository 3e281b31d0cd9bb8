import { isDay } from '@openbeian/model/calendar';

/**
 * The day that somebody typed or pasted, however its parts are set apart: 2026-01-31, 2026/1/31, 2026年1月31日, 20260131, with
 * full-width digits too; null where it is none.
 */
export function dayIn(text: string): string | null {
  const plain = text.normalize('NFKC').trim();
  const [, year, month = '', day = ''] =
    /^(\d{4})(\d{2})(\d{2})$/.exec(plain) ??
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/.exec(plain) ??
    [];
  const found = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(found) ? found : null;
}
