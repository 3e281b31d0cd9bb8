import type { ReviewTickRow } from '../../ports/index.ts';

export const tickViewOf = ({ rule, tickedBy, tickerName, tickedAt }: ReviewTickRow) => ({
  rule,
  by: { id: tickedBy, name: tickerName },
  at: tickedAt,
});
