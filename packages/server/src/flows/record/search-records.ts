import type { ServiceKind } from '@openbeian/model/filing';
import { query } from '../command/operation.ts';

interface SearchRecordsInput {
  readonly search: string;
  readonly serviceKind: ServiceKind;
  readonly pageNum: number;
  readonly pageSize: number;
}

/** The public query (contract §6): exact, by name, unit or number. Callers blank what is personal. */
export const searchRecords = query(
  { id: 'searchRecords', faults: [] },
  ({ tx, fault }, { search, serviceKind, pageNum, pageSize }: SearchRecordsInput) => {
    if (pageNum < 1 || pageSize < 1) {
      throw fault('input.invalid', {
        places: [{ path: 'pageNum', expected: 'a whole number from 1', expectedZh: '应为从 1 开始的整数' }],
      });
    }
    return tx.records.searchPublic(search, serviceKind, (pageNum - 1) * pageSize, pageSize);
  },
);
