import { Fault, type FaultPlace, isFault } from '@openbeian/model/fault';

/** Elements of an upload and the fields that they are made of; the last part of a path is enough where its parent says whose it is. */
const fields: readonly (readonly [element: RegExp, field: string])[] = [
  [/Zt_xx\.Dwmc$/, 'subject.name'],
  [/Zt_xx\.Tzr$/, 'subject.superior'],
  [/Zt_xx\.Txdz\.Xxdz$/, 'subject.contactAddress'],
  [/Zt_xx\.Txdz\./, 'subject.region'],
  [/Zt_xx\.Zj\.Zjhm$/, 'subject.certificateNumber'],
  [/Zt_xx\.Zj\.Zjzs$/, 'subject.certificateAddress'],
  [/Zt_xx\.Zj\.Zjlx$/, 'subject.certificateType'],
  [/Zt_xx\.Dwxz$/, 'subject.nature'],
  [/Zt_xx\.Bz$/, 'subject.remark'],
  [/\.Wzmc$/, 'service.name'],
  [/\.Ym$/, 'service.domainName'],
  [/\.Syurl$/, 'service.homeUrl'],
  [/\.Wz_Bz$/, 'service.remark'],
  [/\.Fwnr\b/, 'service.content'],
  [/\.Yylb\b/, 'service.languages'],
  [/\.Nrlx\b/, 'service.preApproval'],
  [/\.Wzfb\b/, 'service.access.places'],
  [/\.Wzjrfs\b/, 'service.access.methods'],
  [/\.Ip_xx\b/, 'service.access.ipRanges'],
  [/\.Zxlybz$/, 'cancellation.reason'],
  [/\.Fj\b/, 'materials'],
];
const ofPerson: readonly (readonly [element: string, field: string])[] = [
  ['Fzr_xm', 'name'],
  ['Fzr_dhhm', 'officePhone'],
  ['Fzr_sjhm', 'mobile'],
  ['Fzr_dzyj', 'email'],
  ['Fzr_zjlx', 'certificateType'],
  ['Fzr_zjhm', 'certificateNumber'],
  ['Qq', 'messengerAccount'],
];

/** The field of the form that an element of an upload says; the element itself where it is none. */
function formFieldOf(path: string): string {
  const [, whose, element] = /\.(Wz_Fzr|Fzr)\.(\w+)$/.exec(path) ?? [];
  const part = ofPerson.find(([name]) => name === element)?.[1];
  if (part !== undefined) return `${whose === 'Fzr' ? 'subject' : 'service'}.principal.${part}`;
  return fields.find(([pattern]) => pattern.test(path))?.[1] ?? path;
}

/** What the codec refuses to send, at the fields of the form: who reads it has never seen an element. */
export async function atFormFields<Result>(send: () => Promise<Result>): Promise<Result> {
  try {
    return await send();
  } catch (error) {
    if (!isFault(error, 'authority.not_sendable')) throw error;
    const places: readonly FaultPlace[] = error.extras.places ?? [];
    throw new Fault('authority.not_sendable', {
      ...error.extras,
      places: places.map((place) => ({ ...place, path: formFieldOf(place.path) })),
    });
  }
}
