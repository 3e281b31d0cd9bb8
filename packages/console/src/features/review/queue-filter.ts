import { authorityKinds, type ClaimFilter, claimFilters } from '@openbeian/model/filing';
import type { InputOf } from '../../api/client.ts';
import { addressOf, addressReader } from '../../parts/address-filter.ts';

/** What narrows the queue, as the page's address holds it. */
export interface QueueFilter {
  readonly claim: ClaimFilter;
  readonly province: string | null;
  readonly kind: (typeof authorityKinds)[number] | null;
  readonly nature: string | null;
  readonly holder: string | null;
  readonly overdue: boolean;
  readonly look: 'first' | 'second' | null;
  readonly search: string | null;
  readonly order: 'due' | 'age';
}

/** Reads the filter from the address; what it does not know is ignored. */
export function queueFilterOf(params: URLSearchParams): QueueFilter {
  const { text, oneOf, provinceCode } = addressReader(params);
  return {
    claim: oneOf('claim', claimFilters) ?? 'all',
    province: provinceCode('province'),
    kind: oneOf('kind', authorityKinds),
    nature: text('nature'),
    holder: text('holder'),
    overdue: params.get('overdue') === 'true',
    look: oneOf('look', ['first', 'second']),
    search: text('search'),
    order: oneOf('order', ['age']) ?? 'due',
  };
}

/** The address of the filter with a part changed. */
export function queueParams(filter: QueueFilter, change: Partial<QueueFilter> = {}): Record<string, string> {
  return addressOf({ ...filter, ...change }, { claim: 'all', order: 'due' });
}

type Query = NonNullable<InputOf<'listReviewQueue'>['query']>;
type Narrowing = NonNullable<InputOf<'countReviewQueue'>['query']>;

/** The filter as the API takes it. */
export function queueQueryOf({ order, ...filter }: QueueFilter): Query {
  return { ...narrowingOf(filter), order };
}

export function narrowingOf(filter: Omit<QueueFilter, 'order'>): Narrowing {
  return {
    claim: filter.claim,
    ...whatOf(filter),
    ...(filter.holder !== null && { claimedBy: filter.holder }),
    ...(filter.overdue && { overdue: 'true' as const }),
    ...(filter.look !== null && { secondLook: filter.look === 'second' ? ('true' as const) : ('false' as const) }),
  };
}

/** What `claimNextFiling` takes of it: who has claimed what is no part of it. */
export function nextOf(filter: QueueFilter): NonNullable<InputOf<'claimNextFiling'>['body']> {
  return {
    ...whatOf(filter),
    ...(filter.overdue && { overdue: true }),
    ...(filter.look !== null && { secondLook: filter.look === 'second' }),
  };
}

const whatOf = ({ province, kind, nature, search }: Pick<QueueFilter, 'province' | 'kind' | 'nature' | 'search'>) => ({
  ...(province !== null && { provinceCode: province }),
  ...(kind !== null && { kind }),
  ...(nature !== null && { nature }),
  ...(search !== null && { search }),
});
