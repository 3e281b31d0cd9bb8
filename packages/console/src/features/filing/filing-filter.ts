import { authorityKinds, type FilingState, filingStates, serviceKinds } from '@openbeian/model/filing';
import type { InputOf } from '../../api/client.ts';
import { addressOf, addressReader } from '../../parts/address-filter.ts';

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

/** Reads the filter from the address; what it does not know is ignored. */
export function filingFilterOf(params: URLSearchParams): FilingFilter {
  const { text, oneOf, day, provinceCode } = addressReader(params);
  return {
    state: oneOf('state', [...stateNames, 'open']),
    kind: oneOf('kind', authorityKinds),
    province: provinceCode('province'),
    service: oneOf('service', serviceKinds),
    due: oneOf('due', dues),
    from: day('from'),
    to: day('to'),
    search: text('search'),
    order: oneOf('order', ['due']) ?? 'newest',
  };
}

/** The address of the filter with a part changed. */
export function filingParams(filter: FilingFilter, change: Partial<FilingFilter> = {}): Record<string, string> {
  return addressOf({ ...filter, ...change }, { order: 'newest' });
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
