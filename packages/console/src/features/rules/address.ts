import { isDay } from '@openbeian/model/calendar';
import { useSearchParams } from 'react-router';

/** What of the rules is shown; all of it is in the address, so that it can be sent to somebody. */
export interface Shown {
  /** A day in Asia/Shanghai. */
  readonly at: string;
  readonly search: string;
  readonly product: string | null;
  readonly province: string | null;
  /** The product and the day that it is compared with; null: the same. */
  readonly withProduct: string | null;
  readonly onDay: string | null;
  readonly onlyDifferent: boolean;
}

type Change = Partial<Record<'at' | 'q' | 'product' | 'province' | 'with' | 'on' | 'only', string | null>>;

/** Reads the address, and changes parts of it; null takes a part away. An invalid day counts as not given. */
export function useShown(today: string) {
  const [params, setParams] = useSearchParams();
  const dayIn = (key: string) => {
    const given = params.get(key);
    return given !== null && isDay(given) ? given : null;
  };
  const shown: Shown = {
    at: dayIn('at') ?? today,
    search: params.get('q') ?? '',
    product: params.get('product'),
    province: params.get('province'),
    withProduct: params.get('with'),
    onDay: dayIn('on'),
    onlyDifferent: params.get('only') === '1',
  };
  const changed = (change: Change) => {
    const next = new URLSearchParams(params);
    for (const [key, value] of Object.entries(change)) {
      if (value == null || value === '') next.delete(key);
      else next.set(key, value);
    }
    return next;
  };
  return {
    shown,
    change: (change: Change) => setParams(changed(change), { replace: true }),
    /** The address of a product or province, on the same day. */
    linkTo: (target: Pick<Change, 'product' | 'province'>) =>
      `?${changed({ q: null, with: null, on: null, only: null, product: null, province: null, ...target })}`,
  };
}
