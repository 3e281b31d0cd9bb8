import { all, choice, optional } from '../schema/node.ts';
import { codeTables } from './code-tables.ts';
import {
  blacklists,
  checkResults,
  correctionNotices,
  endedRecords,
  filings,
  illegalAccesses,
  results,
  unfiledSites,
  verificationTasks,
} from './download-icp.ts';
import { domainParts, ipParts } from './download-ip-ym.ts';
import { fullSync } from './full-sync.ts';

export const downloadData = choice({
  ICP: all({
    BASJ: optional(filings),
    ZXSJ: optional(endedRecords),
    HMDLB: optional(blacklists),
    FFJRHMD: optional(illegalAccesses),
    WBAWZLB: optional(unfiledSites),
    BAJG: optional(results),
    HSRW: optional(verificationTasks),
    HCJG: optional(checkResults),
    XGTZ: optional(correctionNotices),
  }),
  IP: ipParts,
  YM: domainParts,
  JCDM: codeTables,
  SJTB: fullSync,
});
