import { isDay } from '@openbeian/model/calendar';

/** Reads what narrows a list from the page's address; what is not known there is as if it were not said. */
export function addressReader(params: URLSearchParams) {
  const text = (name: string): string | null => params.get(name)?.trim() || null;
  return {
    text,
    oneOf: <Value extends string>(name: string, values: readonly Value[]): Value | null =>
      values.find((value) => value === text(name)) ?? null,
    /** YYYY-MM-DD. */
    day: (name: string): string | null => {
      const said = text(name);
      return isDay(said) ? said : null;
    },
    /** Of six digits. */
    provinceCode: (name: string): string | null => {
      const said = text(name);
      return said !== null && /^\d{6}$/.test(said) ? said : null;
    },
  };
}

/** The filter as an address holds it: without what is not narrowed, and without what is so unless said otherwise (`usual`). */
export function addressOf(filter: object, usual: Readonly<Record<string, unknown>> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(filter).flatMap(([name, value]) =>
      value === null || value === '' || value === false || value === usual[name] ? [] : [[name, String(value)]],
    ),
  );
}
