import type { FilingRow } from '../../../ports/index.ts';

/** What a filing holds while it is open: a code, or a place of its own on a resource. None is submitted without one. */
export type Holding = Pick<FilingRow, 'resourceId' | 'codeId' | 'spendId'>;
