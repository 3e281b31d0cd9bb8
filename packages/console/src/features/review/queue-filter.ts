import { authorityKinds, type ClaimFilter, claimFilters } from '@openbeian/model/filing';
import type { InputOf } from '../../api/client.ts';

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
  const text = (name: string) => params.get(name)?.trim() || null;
  const province = text('province');
  return {
    claim: claimFilters.find((one) => one === params.get('claim')) ?? 'all',
    province: province !== null && /^\d{6}$/.test(province) ? province : null,
    kind: authorityKinds.find((one) => one === params.get('kind')) ?? null,
    nature: text('nature'),
    holder: text('holder'),
    overdue: params.get('overdue') === 'true',
    look: (['first', 'second'] as const).find((one) => one === params.get('look')) ?? null,
    search: text('search'),
    order: params.get('order') === 'age' ? 'age' : 'due',
  };
}

/** The address of the filter with a part changed. */
export function queueParams(filter: QueueFilter, change: Partial<QueueFilter> = {}): Record<string, string> {
  const usualOf: Readonly<Record<string, string>> = { claim: 'all', order: 'due' };
  const entries = Object.entries({ ...filter, ...change }).flatMap(([name, value]) => {
    const isUsual = usualOf[name] === value;
    return value === null || value === false || isUsual ? [] : [[name, String(value)]];
  });
  return Object.fromEntries(entries);
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
