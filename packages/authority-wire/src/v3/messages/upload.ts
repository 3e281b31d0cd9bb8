import { all, choice, id, optional } from '../schema/node.ts';
import {
  addedAccesses,
  addedServices,
  attachments,
  cancellations,
  changes,
  newFilings,
  unfiledSiteResults,
  verificationResults,
} from './upload-icp.ts';
import { changedIpRecords, deletedIpRecords, newIpRecords } from './upload-ip.ts';
import { changedDomains, deletedDomains, newDomains } from './upload-ym.ts';

export const uploadData = choice({
  ICP: all({
    XZBA: optional(newFilings),
    XZWZ: optional(addedServices),
    XZJR: optional(addedAccesses),
    BGBA: optional(changes),
    HSJG: optional(verificationResults),
    WBACLJG: optional(unfiledSiteResults),
    ZXBA: optional(cancellations),
    XZHYD: optional(attachments),
    Qqdwid: id,
  }),
  IP: all({
    XZBA: optional(newIpRecords),
    XGBA: optional(changedIpRecords),
    SCBA: optional(deletedIpRecords),
    Qqdwid: id,
  }),
  YM: all({
    XZBA: optional(newDomains),
    XGBA: optional(changedDomains),
    SCBA: optional(deletedDomains),
    Qqdwid: id,
  }),
});
