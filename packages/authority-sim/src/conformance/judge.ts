import { resultCodeOf } from '@openbeian/model/authority-v3';
import { fingerprintOf } from '../core/authority-core.ts';
import type { SimState, SubmissionCase } from '../core/sim-state.ts';
import type { LoggedCall } from '../v3/call-log.ts';
import { bareName } from '../v3/give-download.ts';
import { CallOrder } from './call-order.ts';
import { type CheckName, checks } from './checks.ts';

export interface Evidence {
  readonly calls: readonly LoggedCall[];
  readonly state: SimState;
  readonly now: string;
}

/** `not_seen`: nothing has happened yet by which it could be told. */
type Outcome = 'passed' | 'failed' | 'not_seen';

interface Finding {
  readonly check: CheckName;
  readonly outcome: Outcome;
  readonly zh: string;
  readonly en: string;
  /** Numbers of the calls that show it, and what they were about; at most ten. */
  readonly seen: readonly { readonly call: number | null; readonly detail: string }[];
}

export interface Report {
  readonly format: 1;
  readonly at: string;
  readonly calls: number;
  readonly uploads: number;
  readonly verdict: 'passed' | 'failed' | 'incomplete';
  readonly findings: readonly Finding[];
}

type Shown = { readonly call: number | null; readonly detail: string };
interface Judgement {
  readonly failed: readonly Shown[];
  /** Has there been an occasion? */
  readonly wasSeen: boolean;
}

const mostShown = 10;

/** Says of every check whether the provider's system has passed it, by what it has called. */
export function judge(evidence: Evidence): Report {
  const { calls, now } = evidence;
  const judged: Judged = { ...evidence, order: new CallOrder(calls, lineOf) };
  const uploads = calls.filter(({ operation, code }) => operation === 'isp_upload' && code === 0);
  // The keys of the table of checks.
  const findings = (Object.keys(checks) as CheckName[]).map((check): Finding => {
    const { zh, en } = checks[check];
    const { failed, wasSeen } = judgementOf(check, judged, uploads.length);
    const outcome = failed.length > 0 ? 'failed' : wasSeen ? 'passed' : 'not_seen';
    return { check, outcome, zh, en, seen: failed.slice(0, mostShown) };
  });
  const outcomes = new Set(findings.map(({ outcome }) => outcome));
  const verdict = outcomes.has('failed') ? 'failed' : outcomes.has('not_seen') ? 'incomplete' : 'passed';
  return { format: 1, at: now, calls: calls.length, uploads: uploads.length, verdict, findings };
}

function judgementOf(check: CheckName, evidence: Judged, uploads: number): Judgement {
  const { mistakes, seenBy } = checks[check];
  // Those that are judged are the keys of `judges`.
  if (seenBy === 'judged') return judges[check as JudgedName](evidence);
  const failed = evidence.calls
    .filter(({ mistake }) => mistake !== null && (mistakes as readonly string[]).includes(mistake))
    .map(shown);
  return { failed, wasSeen: seenBy === 'calls' ? evidence.calls.length > 0 : uploads > 0 };
}

const shown = ({ n, operation, mistake, detail }: LoggedCall): Shown => ({
  call: n,
  detail: [operation, mistake, detail].filter((part) => part !== null).join(' · '),
});

const lineOf = ({ line }: LoggedCall): string => (line === null ? '' : `${line.unit}/${line.province}`);

/** The file that a call is about. */
const fileOf = ({ detail }: LoggedCall): string => bareName(detail ?? '');
const fileOfLine = (call: LoggedCall): string => `${lineOf(call)} ${fileOf(call)}`;

/** What was called, and in which order on each line. */
interface Judged extends Evidence {
  readonly order: CallOrder;
}

const isUploadOrQuestion = ({ operation }: LoggedCall): boolean =>
  operation === 'isp_upload' || operation === 'isp_querypreviousupload';

const secondsBetween = (one: LoggedCall, other: LoggedCall): number =>
  (Date.parse(other.at) - Date.parse(one.at)) / 1000;

const judges: Readonly<Record<JudgedName, (evidence: Judged) => Judgement>> = {
  resynchronised: ({ calls, order }) => {
    const gaps = calls.filter(({ code }) => code === 14);
    const failed = gaps.filter((gap) => {
      const next = order.findAfter(gap, isUploadOrQuestion);
      // Nothing was named as missing, so that only the question helps.
      if (gap.faults.includes('sequence_doubted')) return next?.operation === 'isp_upload';
      return next?.mistake === 'sequence_gap';
    });
    const isFollowed = gaps.some((gap) => order.findAfter(gap) !== undefined);
    return { failed: failed.map(shown), wasSeen: isFollowed };
  },

  dropped_upload: ({ calls, order }) => {
    const drops = calls.filter((call) => call.operation === 'isp_upload' && call.faults.includes('connection_dropped'));
    const failed = drops.filter((drop) => {
      const next = order.findAfter(drop, isUploadOrQuestion);
      if (next === undefined || next.operation === 'isp_querypreviousupload') return false;
      return next.mistake === 'sequence_reused' || next.mistake === 'sequence_gap';
    });
    const isFollowed = drops.some((drop) => order.findAfter(drop, isUploadOrQuestion) !== undefined);
    return { failed: failed.map(shown), wasSeen: isFollowed };
  },

  retried_later: ({ calls, order }) => {
    const closed = calls.filter(({ code }) => [15, 20, 901, 902].includes(code ?? 0));
    const nextOf = (call: LoggedCall) => order.findAfter(call, ({ operation }) => operation === call.operation);
    const failed = closed.filter((call) => {
      const next = nextOf(call);
      return next !== undefined && secondsBetween(call, next) < secondsBeforeRetry;
    });
    return { failed: failed.map(shown), wasSeen: closed.some((call) => nextOf(call) !== undefined) };
  },

  refused_repeated: ({ calls, order }) => {
    const refused = calls.filter(({ mistake, code }) => mistake !== null && code !== 0 && code !== 14);
    const failed = refused.filter((call) => {
      const next = order.next(call, mostAtOnce);
      return (
        next.length === mostAtOnce &&
        next.every(({ mistake, operation }) => mistake === call.mistake && operation === call.operation)
      );
    });
    return { failed: failed.map(shown), wasSeen: calls.length > 0 };
  },

  acknowledged: ({ calls, state, now }) => {
    const given = calls.filter(({ operation, detail }) => operation === 'isp_download' && detail !== null);
    const open = [...state.lines.values()].flatMap((line) => line.open);
    const failed = open.flatMap(({ fileName, acknowledgedAt }) => {
      const deliveries = given.filter(
        ({ detail, faults }) => bareName(detail ?? '') === fileName && !isSpoilt({ faults }),
      );
      const [first] = deliveries;
      if (acknowledgedAt !== null || first === undefined || hasBeenLost(calls, fileName)) return [];
      const isOld = (Date.parse(now) - Date.parse(first.at)) / 1000 > secondsToAcknowledge;
      return deliveries.length > 1 || isOld ? [shown(first)] : [];
    });
    return { failed, wasSeen: calls.some(({ operation, code }) => operation === 'isp_downloadack' && code === 0) };
  },

  spoilt_file: ({ calls, order }) => {
    const spoilt = calls.filter((call) => call.operation === 'isp_download' && isSpoilt(call));
    const ofFiles = new CallOrder(
      calls.filter(({ operation }) => operation?.startsWith('isp_download') === true),
      fileOfLine,
    );
    const firstWhole = new Map<string, number>();
    for (const call of calls) {
      if (call.operation !== 'isp_download' || isSpoilt(call) || firstWhole.has(fileOf(call))) continue;
      firstWhole.set(fileOf(call), call.n);
    }
    const failed = spoilt.filter((call) => {
      const wasWhole = (firstWhole.get(fileOf(call)) ?? call.n) < call.n;
      return ofFiles.findAfter(call)?.operation === 'isp_downloadack' && !wasWhole;
    });
    return { failed: failed.map(shown), wasSeen: spoilt.some((call) => order.findAfter(call) !== undefined) };
  },

  file_again: ({ calls, order }) => {
    const again = calls.filter(
      ({ operation, faults }) => operation === 'isp_download' && faults.includes('delivered_twice'),
    );
    const lastAcknowledged = new Map(
      calls.flatMap((call) => (call.operation === 'isp_downloadack' ? [[fileOfLine(call), call.n] as const] : [])),
    );
    const failed = again.filter((call) => {
      const isAcknowledged = (lastAcknowledged.get(fileOfLine(call)) ?? 0) > call.n;
      return !isAcknowledged && order.next(call, mostAtOnce).length === mostAtOnce;
    });
    return { failed: failed.map(shown), wasSeen: again.some((call) => order.findAfter(call) !== undefined) };
  },

  results_heeded: ({ state }) => {
    const byContent = new Map<string, SubmissionCase[]>();
    for (const found of state.cases.values()) {
      if (found.submission.origin === undefined) continue;
      const { line } = found.submission.origin;
      const { kind, subject, service, access, also, origin } = found.submission;
      const key = fingerprintOf([line, kind, subject, service, access, also ?? null, origin.ends, origin.attachments]);
      byContent.set(key, [...(byContent.get(key) ?? []), found]);
    }
    const failed = [...byContent.values()].flatMap((same) =>
      same.flatMap((found, index) => {
        const before = same.slice(0, index).find((earlier) => wasTold(earlier, found, state));
        return before === undefined ? [] : [{ call: null, detail: `${found.submission.id} · ${before.submission.id}` }];
      }),
    );
    const isTaught = [...state.lines.values()].some(({ done }) => done.size > 0);
    return { failed, wasSeen: isTaught };
  },

  first_filings: (evidence) => approvedOf(evidence, ['first']),
  added_services: (evidence) => approvedOf(evidence, ['add_site_here', 'add_site_elsewhere']),
  added_accesses: (evidence) => approvedOf(evidence, ['access']),
  changes: (evidence) => approvedOf(evidence, ['change_filing', 'change_site', 'correction']),
  cancellations: (evidence) => approvedOf(evidence, ['cancel_site']),
  ended_accesses: (evidence) => approvedOf(evidence, ['cancel_access']),
  ended_subjects: (evidence) => approvedOf(evidence, ['cancel_subject']),

  tasks_answered: (evidence) => answered('task', evidence),
  unfiled_answered: (evidence) => answered('unfiled', evidence),
};

type JudgedName = { [Name in CheckName]: (typeof checks)[Name]['seenBy'] extends 'judged' ? Name : never }[CheckName];

/** So many calls in a row show a habit. */
const mostAtOnce = 3;
const secondsBeforeRetry = 1;
const secondsToAcknowledge = 60;
const secondsToAnswer = 300;

const isSpoilt = ({ faults }: Pick<LoggedCall, 'faults'>): boolean =>
  faults.includes('truncated_zip') || faults.includes('wrong_hash');

/** Did the authority itself forget an acknowledgement of it? */
const hasBeenLost = (calls: readonly LoggedCall[], fileName: string): boolean =>
  calls.some(
    ({ operation, detail, faults }) =>
      operation === 'isp_downloadack' && bareName(detail ?? '') === fileName && faults.includes('acknowledgement_lost'),
  ) &&
  calls.filter(({ operation, detail }) => operation === 'isp_download' && bareName(detail ?? '') === fileName).length <
    mostAtOnce;

/** Had its result come, and was it one after which the same again makes no sense? */
function wasTold({ outcome }: SubmissionCase, { receivedAt }: SubmissionCase, state: SimState): boolean {
  if (outcome === null || outcome.sentAt > receivedAt || !isTold(state, outcome.messageId)) return false;
  const codes =
    outcome.kind === 'rejected' ? outcome.reasons.map(({ code }) => resultCodeOf(Number(code)).follow.act) : [];
  return !codes.includes('retry');
}

/** Is it no longer waiting, nor in a file that is not acknowledged? */
function isTold(state: SimState, messageId: string): boolean {
  return [...state.lines.values()].every(
    ({ waiting, open }) => open.length === 0 && waiting.every((notice) => notice.messageId !== messageId),
  );
}

/** Refused so often and never approved, it is the provider's own doing. */
const mostRefused = 3;

/** Has the provider had one of these kinds approved? */
function approvedOf({ state }: Evidence, kinds: readonly SubmissionCase['submission']['kind'][]): Judgement {
  const decided = [...state.cases.values()].filter(
    ({ submission, outcome }) => submission.origin !== undefined && kinds.includes(submission.kind) && outcome !== null,
  );
  const isApproved = decided.some(({ outcome }) => outcome?.kind === 'approved');
  const refused = decided.map(({ submission, outcome }) => ({
    call: null,
    detail: `${submission.id} · ${outcome?.kind === 'rejected' ? outcome.reasons.map(({ code }) => code).join(' ') : ''}`,
  }));
  return { failed: !isApproved && refused.length >= mostRefused ? refused : [], wasSeen: isApproved };
}

function answered(what: 'task' | 'unfiled', { state, calls, now }: Evidence): Judgement {
  const asks = [...state.asked].filter(([ask]) => ask.startsWith(`${what} `));
  const acknowledged = calls.findLast(({ operation, code }) => operation === 'isp_downloadack' && code === 0);
  const isOver = acknowledged !== undefined && (Date.parse(now) - Date.parse(acknowledged.at)) / 1000 > secondsToAnswer;
  const open = asks.filter(([, answer]) => answer === null);
  return {
    failed: isOver ? open.map(([ask]) => ({ call: null, detail: ask })) : [],
    wasSeen: asks.length > 0 && open.length === 0,
  };
}
