import { dayOf, lastDayOf } from '@openbeian/model/calendar';
import {
  type DeskEventType,
  type FilingEventDetails,
  type FilingEventType,
  filingKindTable,
  isDeskEvent,
} from '@openbeian/model/filing';
import type { FilingRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';
import { undoUntil } from '../filing/lapse/undo-until.ts';
import { tell } from './tell.ts';

interface FilingNews {
  /** Which one of its type, where a filing can have several while its version stays; its version says it otherwise. */
  readonly which?: string;
  /** What the notice's text names besides name, state and due time; never personal data. */
  readonly detail?: Readonly<Record<string, string>>;
  /** What webhooks are sent besides the filing. */
  readonly data?: object;
  /** Who reads it; the filing's account unless said, null for the provider's people. */
  readonly to?: readonly (string | null)[];
}

/** Tells of something that happened to a filing, as it is after it, in the transaction of what happened. */
export async function tellOfFiling(
  step: Step,
  filing: FilingRow,
  type: DeskEventType,
  { which, detail = {}, data = {}, to = [filing.accountId] }: FilingNews = {},
): Promise<void> {
  const { id, accountId, state, domainName, serviceNumber, subjectNumber, dueAt } = filing;
  const name = domainName === '' ? (serviceNumber ?? subjectNumber ?? '') : domainName;
  const opens = filingKindTable[filing.kind].opens ? 'yes' : 'no';
  const told = { name, state, opens, due: dueAt ?? '', dueOn: dueAt === null ? '' : lastDayOf(dueAt), ...detail };
  await tell(step, {
    type,
    about: `${type} ${id}: ${which ?? `version ${filing.version}`}`,
    filingId: id,
    readers: to.map((reader) => ({ accountId: reader, detail: told })),
    others: to.includes(accountId) || to.includes(null) ? [] : [accountId],
    dataFor: (viewer) => ({ filing: filingDataOf(filing, viewer), ...data }),
  });
}

/** What webhooks are sent of a filing. Until a customer has shown who it is, the kind is the one that it was told. */
function filingDataOf(filing: FilingRow, viewer: string | null): object {
  const { id, accountId, kind, toldKind, state, version, domainName, serviceKind, dueAt } = filing;
  const { subjectNumber, serviceNumber } = filing;
  const seen = viewer === null ? kind : (toldKind ?? kind);
  const numbers = viewer === null || toldKind === null ? { subjectNumber, serviceNumber } : noNumbers;
  return { id, accountId, kind: seen, state, version, domainName, serviceKind, ...numbers, dueAt };
}
const noNumbers = { subjectNumber: null, serviceNumber: null };

type Told = {
  readonly [Type in FilingEventType]?: (
    step: Step,
    detail: FilingEventDetails[Type],
  ) => Omit<FilingNews, 'to'> & {
    /** Under another type than the event's own. */
    readonly as?: DeskEventType;
  };
};

/** Of what a step of a filing leaves in its history, what is told, and with which particulars. */
const toldOf: Told = {
  FilingSubmitted: () => ({ detail: { reviewed: 'yes' } }),
  CancellationSubmitted: () => ({ as: 'FilingSubmitted', detail: { reviewed: 'no' } }),
  FilingWithdrawn: () => ({}),
  FilingAsked: (step, { reasons }) => ({ detail: reasonTexts(step, reasons), data: { reasons } }),
  AskExpired: () => ({}),
  FilingAnswered: (_step, { changed }) => ({ data: { changed } }),
  FilingReturned: (step, { reasons }) => ({ detail: reasonTexts(step, reasons), data: { reasons } }),
  FilingPassed: () => ({}),
  FilingHeld: () => ({}),
  FilingRecalled: () => ({}),
  FilingForwarded: () => ({}),
  SmsConfirmed: () => ({}),
  SmsFailed: (_step, { cause }) => ({ detail: { cause }, data: { cause } }),
  FilingApproved: (_step, numbers) => ({ detail: { ...numbers } }),
  FilingRejected: (_step, { codes }) => ({ detail: { codes: codes.join(', ') }, data: { codes } }),
  FilingAbandoned: () => ({}),
  FilingLapsed: ({ deps, at, actor }) => ({
    detail: { until: dayOf(undoUntil(at, deps.keep.undoDays)), by: actor.role === 'system' ? 'clock' : 'operator' },
  }),
  FilingVoided: () => ({}),
};

/** Tells of a step that a filing took, where its customer is told of such steps. */
export async function tellOfStep<Type extends FilingEventType>(
  step: Step,
  filing: FilingRow,
  type: Type,
  detail: FilingEventDetails[Type],
): Promise<void> {
  // A contest tells of what it sets aside by itself.
  if (filing.setAsideAt === step.at) return;
  const news = toldOf[type]?.(step, detail);
  const told = news?.as ?? type;
  if (news !== undefined && isDeskEvent(told)) await tellOfFiling(step, filing, told, news);
}

/** Words of the catalogue, as many as a notice has room for; a reviewer's own may name people, and stay with the filing. */
const mostReasons = 5;
function reasonTexts(
  { deps }: Step,
  reasons: readonly { readonly reasonId: string }[],
): { readonly reasonsZh: string; readonly reasonsEn: string; readonly count: string } {
  const ids = [...new Set(reasons.map(({ reasonId }) => reasonId))];
  const texts = ids.flatMap((id) => deps.returnReasons.find((reason) => reason.id === id)?.message ?? []);
  const shown = texts.slice(0, mostReasons);
  const more = texts.length > shown.length;
  return {
    reasonsZh: shown.map(({ zh }) => zh).join('；') + (more ? '等' : ''),
    reasonsEn: shown.map(({ en }) => en).join('; ') + (more ? ', and others' : ''),
    count: String(reasons.length),
  };
}
