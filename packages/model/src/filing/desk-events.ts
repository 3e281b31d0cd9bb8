/**
 * What people choose to have mailed, and in which language. Whatever they choose, the console has every notice; what is mandatory is
 * mailed always, since something ends when its day passes unread.
 */
export const noticeGroups = {
  deadline: { zh: '待办与期限', en: 'What waits for you, with its deadline', isMandatory: true, isUsual: true },
  result: { zh: '审核与管局结果', en: 'Results of the review and of the authority', isMandatory: false, isUsual: true },
  progress: { zh: '办理进度', en: 'Progress of filings', isMandatory: false, isUsual: false },
  record: { zh: '备案记录变动', en: 'Changes of records', isMandatory: false, isUsual: true },
  code: { zh: '授权码', en: 'Codes', isMandatory: false, isUsual: true },
  account: { zh: '账号与安全', en: 'Account and security', isMandatory: false, isUsual: true },
} as const;
export type NoticeGroup = keyof typeof noticeGroups;
/** Object.keys forgets which keys there are, and that there is one. */
export const noticeGroupNames = Object.keys(noticeGroups) as [NoticeGroup, ...NoticeGroup[]];

/**
 * What is told about filings and records besides the events of codes: to whom it concerns, in the console and by mail, and to their
 * webhooks. Of each the group that people choose it by, and what it is about: the `data` of a webhook has that.
 */
export const deskEvents = {
  FilingSubmitted: { group: 'progress', about: 'filing' },
  FilingWithdrawn: { group: 'progress', about: 'filing' },
  FilingAsked: { group: 'deadline', about: 'filing' },
  AskDueSoon: { group: 'deadline', about: 'filing' },
  AskExpired: { group: 'result', about: 'filing' },
  FilingAnswered: { group: 'progress', about: 'filing' },
  FilingReturned: { group: 'result', about: 'filing' },
  FilingPassed: { group: 'progress', about: 'filing' },
  FilingHeld: { group: 'result', about: 'filing' },
  FilingRecalled: { group: 'result', about: 'filing' },
  FilingSetAside: { group: 'result', about: 'filing' },
  NameProofReplaced: { group: 'result', about: 'filing' },
  FilingForwarded: { group: 'progress', about: 'filing' },
  SmsRequested: { group: 'deadline', about: 'filing' },
  SmsDueSoon: { group: 'deadline', about: 'filing' },
  SmsConfirmed: { group: 'progress', about: 'filing' },
  SmsFailed: { group: 'result', about: 'filing' },
  FilingApproved: { group: 'result', about: 'filing' },
  FilingRejected: { group: 'result', about: 'filing' },
  FilingDueSoon: { group: 'deadline', about: 'filing' },
  FilingLapsed: { group: 'result', about: 'filing' },
  FilingAbandoned: { group: 'progress', about: 'filing' },
  FilingVoided: { group: 'result', about: 'filing' },
  FilingReopened: { group: 'result', about: 'filing' },
  VerificationEnded: { group: 'result', about: 'filing' },
  VerificationDueSoon: { group: 'deadline', about: 'filing' },
  /** To the provider alone. */
  FilingOverdue: { group: 'deadline', about: 'filing' },
  RecordCancelled: { group: 'record', about: 'record' },
  AccessEnded: { group: 'record', about: 'record' },
  MoveBegun: { group: 'deadline', about: 'record' },
  MoveConfirmed: { group: 'record', about: 'record' },
  MoveRefused: { group: 'record', about: 'record' },
  MoveWithdrawn: { group: 'record', about: 'record' },
  MoveLapsed: { group: 'record', about: 'record' },
  CorrectionDemanded: { group: 'deadline', about: 'record' },
  CorrectionDueSoon: { group: 'deadline', about: 'record' },
  /** To the customer, and to the provider. */
  CorrectionOverdue: { group: 'deadline', about: 'record' },
  CorrectionEnded: { group: 'record', about: 'record' },
} as const satisfies Readonly<Record<string, { readonly group: NoticeGroup; readonly about: 'filing' | 'record' }>>;
export type DeskEventType = keyof typeof deskEvents;
export type EventsAbout<About extends 'filing' | 'record'> = {
  [Type in DeskEventType]: (typeof deskEvents)[Type]['about'] extends About ? Type : never;
}[DeskEventType];
/** As `noticeGroupNames`. */
export const deskEventTypes = Object.keys(deskEvents) as [DeskEventType, ...DeskEventType[]];

/** A receiver that asks for one of these is sent all events about it, those of later releases included. */
export const webhookFamilies = ['filing.*', 'record.*', 'code.*'] as const;
export type WebhookFamily = (typeof webhookFamilies)[number];

/** Is a receiver sent that event? Of no type it is sent all. */
export function isSubscribed(types: readonly string[], type: string): boolean {
  if (types.length === 0 || types.includes(type)) return true;
  const about = isDeskEvent(type) ? deskEvents[type].about : type.startsWith('Code') ? 'code' : null;
  return about !== null && types.includes(`${about}.*`);
}

/** Is it told about filings or records? Others are of codes, or of a release that is not known here. */
export const isDeskEvent = (type: string): type is DeskEventType => Object.hasOwn(deskEvents, type);
