import { dayOf } from '@openbeian/model/calendar';
import type { ServiceKind } from '@openbeian/model/filing';
import { query } from '../command/operation.ts';
import { readPublicSearch } from './read-public-search.ts';

interface SearchRecordsInput {
  readonly search: string;
  readonly serviceKind: ServiceKind;
  readonly pageNum: number;
  readonly pageSize: number;
}

/**
 * The public query (contract §6), by name, unit or number, however they are written. Callers blank what is personal.
 * @throws input.invalid where the text is none of them
 */
export const searchRecords = query(
  { id: 'searchRecords', faults: [], mayLag: true },
  ({ tx, fault, at }, { search, serviceKind, pageNum, pageSize }: SearchRecordsInput) => {
    if (pageNum < 1 || pageSize < 1) {
      throw fault('input.invalid', {
        places: [{ path: 'pageNum', expected: 'a whole number from 1', expectedZh: '应为从 1 开始的整数' }],
      });
    }
    const asked = readPublicSearch(search, dayOf(at));
    if ('expected' in asked) throw fault('input.invalid', { places: [{ path: 'search', ...asked }] });
    return tx.records.searchPublic(asked, serviceKind, (pageNum - 1) * pageSize, pageSize);
  },
);
