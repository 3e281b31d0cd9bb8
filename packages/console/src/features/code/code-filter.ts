import type { InputOf } from '../../api/client.ts';
import { type Code } from '../../api/shapes.ts';
import { addressReader } from '../../parts/address-filter.ts';
import { codeStates } from './code-state.ts';

/** The filter of a list of codes, as the page's address holds it. */
export interface CodeFilter {
  readonly state: Code['state'] | null;
  readonly resourceId: string | null;
  readonly search: string | null;
}

/** Reads the filter from the address; an unknown state is ignored. */
export function codeFilterOf(params: URLSearchParams): CodeFilter {
  const { text, oneOf } = addressReader(params);
  return {
    state: oneOf('state', codeStates),
    resourceId: text('resource'),
    search: text('search'),
  };
}

export type CodeQuery = NonNullable<InputOf<'listCodes'>['query']>;

/** The filter as the API takes it. */
export function codeQueryOf(side: 'issued' | 'granted', { state, resourceId, search }: CodeFilter): CodeQuery {
  return {
    side,
    ...(state === null ? {} : { state }),
    ...(resourceId === null ? {} : { resourceId }),
    ...(search === null ? {} : { search }),
  };
}
