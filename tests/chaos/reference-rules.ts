import type { Rule } from './reference-ledger.ts';

/** Codes counted per server, given back on revoking; for enterprises, and moved to another server. */
export const tencentLike: Rule = {
  shared: false,
  limit: 5,
  batchMaximum: 5,
  minimumDaysLeft: 30,
  returnedOnRevoke: true,
  enterpriseOnly: true,
  repointable: true,
  directReturnedOnCancel: true,
  bearer: false,
};

/** Codes and direct filings share one limit, which revoking does not give back; anyone who holds a code may use it. */
export const alibabaLike: Rule = {
  shared: true,
  limit: 5,
  batchMaximum: 20,
  minimumDaysLeft: null,
  returnedOnRevoke: false,
  enterpriseOnly: false,
  repointable: false,
  directReturnedOnCancel: false,
  bearer: true,
};
