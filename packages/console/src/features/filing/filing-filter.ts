import { isDay } from '@openbeian/model/calendar';
import { authorityKinds, type FilingState, filingStates, serviceKinds } from '@openbeian/model/filing';
import type { InputOf } from '../../api/client.ts';

/** Object.keys forgets which keys there are. */
export const stateNames = Object.keys(filingStates) as FilingState[];
export const dues = ['overdue', 'day', 'week'] as const;

/** What narrows and orders a list of filings, as the page's address holds it. */
export interface FilingFilter {
  readonly state: FilingState | 'open' | null;
  readonly kind: (typeof authorityKinds)[number] | null;
  readonly province: string | null;
  readonly service: (typeof serviceKinds)[number] | null;
  readonly due: (typeof dues)[number] | null;
  /** First and last day on which they were started. */
  readonly from: string | null;
  readonly to: string | null;
  readonly search: string | null;
  readonly order: 'newest' | 'due';
}

const known = <Value extends string>(values: readonly Value[], asked: string | null): Value | null =>
  values.find((value) => value === asked) ?? null;

/** Reads the filter from the address; what it does not know is ignored. */
export function filingFilterOf(params: URLSearchParams): FilingFilter {
  const text = (name: string) => params.get(name)?.trim() || null;
  const day = (name: string) => (isDay(params.get(name) ?? '') ? params.get(name) : null);
  const province = text('province');
  return {
    state: known([...stateNames, 'open'], params.get('state')),
    kind: known(authorityKinds, params.get('kind')),
    province: province !== null && /^\d{6}$/.test(province) ? province : null,
    service: known(serviceKinds, params.get('service')),
    due: known(dues, params.get('due')),
    from: day('from'),
    to: day('to'),
    search: text('search'),
    order: params.get('order') === 'due' ? 'due' : 'newest',
  };
}

/** The address of the filter with a part changed. */
export function filingParams(filter: FilingFilter, change: Partial<FilingFilter> = {}): Record<string, string> {
  const entries = Object.entries({ ...filter, ...change });
  return Object.fromEntries(
    entries.flatMap(([name, value]) => (value === null || value === 'newest' ? [] : [[name, value]])),
  );
}

/** Is the list narrowed by more than its state? Of such lists nobody has counted the rows. */
export const isNarrowed = ({ state: _state, order: _order, ...others }: FilingFilter): boolean =>
  Object.values(others).some((value) => value !== null);

type FilingQuery = NonNullable<InputOf<'listFilings'>['query']>;

/** The filter as the API takes it. */
export function filingQueryOf({ state, province, service, order, ...filter }: FilingFilter): FilingQuery {
  const given = Object.entries(filter).filter(([, value]) => value !== null);
  return {
    order,
    ...(state === 'open' ? { group: 'open' } : state === null ? {} : { state }),
    ...(province === null ? {} : { provinceCode: province }),
    ...(service === null ? {} : { serviceKind: service }),
    ...Object.fromEntries(given),
  };
}
