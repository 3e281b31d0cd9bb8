import { recordStates, serviceKinds } from '@openbeian/model/filing';
import type { InputOf } from '../../api/client.ts';
import { addressReader } from '../../parts/address-filter.ts';

/** What narrows a list of records, as the page's address holds it. */
export interface RecordFilter {
  readonly state: (typeof recordStates)[number] | null;
  readonly service: (typeof serviceKinds)[number] | null;
  readonly province: string | null;
  readonly search: string | null;
}

/** Reads the filter from the address; what it does not know is ignored. */
export function recordFilterOf(params: URLSearchParams): RecordFilter {
  const { text, oneOf, provinceCode } = addressReader(params);
  return {
    state: oneOf('state', recordStates),
    service: oneOf('service', serviceKinds),
    province: provinceCode('province'),
    search: text('search'),
  };
}

export type RecordQuery = NonNullable<InputOf<'listRecords'>['query']>;

/** The filter as the API takes it. */
export const recordQueryOf = ({ state, service, province, search }: RecordFilter): RecordQuery => ({
  ...(state === null ? {} : { state }),
  ...(service === null ? {} : { serviceKind: service }),
  ...(province === null ? {} : { provinceCode: province }),
  ...(search === null ? {} : { search }),
});
