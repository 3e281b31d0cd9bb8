import type { CodeTable } from '../../code-tables/index.ts';
import { valueOf } from '../../code-tables/index.ts';

/** May an individual choose this content? The table says which rows are for units only. */
export const isForIndividuals = ({ items }: CodeTable<'website-contents' | 'app-contents'>, value: string): boolean =>
  items.some((row) => valueOf(row) === value && row.unitsOnly !== true);
