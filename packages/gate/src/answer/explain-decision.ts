import { addDays, type Day } from '@openbeian/model/calendar';
import { type FilingKind, filingKindNames } from '@openbeian/model/filing';
import {
  explainGateDecision,
  type GateDecision,
  type GateReason,
  type GateRecord,
  reasonOf,
} from '@openbeian/model/gate';
import type { SnapshotFacts } from '../snapshot/shown-snapshot.ts';

interface Text {
  readonly zh: string;
  readonly en: string;
}

/** When a name that is not served is looked at again, without anybody asking for it. */
interface LookAgain extends Text {
  /** The soonest that another answer is worth asking for. */
  readonly afterSeconds: number;
}

/** Answer of `/explain`: everything about a decision that its owner can use, and nothing about any person. */
export interface ExplainedDecision extends GateDecision {
  /** After the configured fail-open or fail-closed. */
  readonly served: boolean;
  readonly message: Text;
  readonly next: Text | null;
  /** The filing that opens the name, as `openbeian route` calls it; null where none does. */
  readonly filing: ({ readonly kind: FilingKind } & Text) | null;
  /** Since which day the decision is so, as far as the records say; null where nothing is on record. */
  readonly since: Day | null;
  /** The filing on record that the decision is by. Numbers are public; nothing of a person is in it. */
  readonly record: {
    readonly name: string;
    readonly number: string;
    /** Last day on which the name is served while its access filing is with the authority. */
    readonly graceUntil: Day | null;
  } | null;
  readonly lookAgain: LookAgain | null;
  /** For `filed_elsewhere`: where it is stated that any valid number will do; null for every other reason. */
  readonly policySource: string | null;
  /** The day of the decision, in Shanghai. */
  readonly at: Day;
  readonly snapshot: {
    readonly version: number;
    readonly builtAt: string;
    readonly records: number;
    readonly ageSeconds: number;
  } | null;
}

/** Which filing opens a name that is refused for this reason. Who is closed by order files nothing: see `next`. */
const openingFiling: Partial<Record<GateReason, FilingKind>> = {
  unfiled: 'first',
  cancelled: 'first',
  access_missing: 'access',
  grace: 'access',
};

/** Seconds until the gate has asked the control plane again at the latest; also the answers' Retry-After. */
export const retryAfterSeconds = 15;

const onChange: LookAgain = {
  afterSeconds: 1,
  zh: '每次访问都会重新判断；备案状态变更会在一秒内同步到网关，无需申请解除。',
  en: 'Every visit is checked again. A change of the filing reaches the gate within a second; you do not need to request it.',
};
const onContact: LookAgain = {
  afterSeconds: retryAfterSeconds,
  zh: '网关至多每 15 秒重新获取一次备案数据，取得后立即重新判断。',
  en: 'The gate requests filing data at least every 15 seconds and checks again as soon as it has received it.',
};

/** The records that decide on a host. */
export interface EvaluatedRecords {
  readonly site: GateRecord | null;
  readonly app: GateRecord | null;
  readonly provider: string;
}

/** What a decision is explained by. */
interface DecisionFacts {
  readonly served: boolean;
  readonly at: Day;
  /** Of the snapshot that the decision was made with. */
  readonly held: SnapshotFacts | null;
  /** Null where they are not shown, as on the page for visitors. */
  readonly records: EvaluatedRecords | null;
  /** The source of the configured policy that any valid number will do; null without one. */
  readonly policySource: string | null;
}

/** Explains a decision. */
export function explainDecision(
  decision: GateDecision,
  { served, at, held, records, policySource }: DecisionFacts,
): ExplainedDecision {
  const { message, next, canBeFiled } = explainGateDecision(decision);
  const kind = canBeFiled ? openingFiling[decision.reason] : undefined;
  return {
    ...decision,
    served,
    message,
    next,
    filing: kind === undefined ? null : { kind, ...filingKindNames[kind] },
    ...recordBehind(decision, records && { ...records, anyNumberSuffices: policySource !== null }, at),
    lookAgain: lookAgainAt(decision),
    policySource: decision.reason === 'filed_elsewhere' ? policySource : null,
    at,
    snapshot: held && {
      version: held.sequence,
      builtAt: new Date(held.builtAtMs).toISOString(),
      records: held.recordCount,
      ageSeconds: Math.floor(held.ageMs / 1000),
    },
  };
}

/** Of the two records that a name can have, the one that the decision came from. */
function recordBehind(
  { reason }: GateDecision,
  records: (EvaluatedRecords & { readonly anyNumberSuffices: boolean }) | null,
  at: Day,
): Pick<ExplainedDecision, 'since' | 'record'> {
  const found = [records?.site, records?.app].find(
    (record) => record && records && reasonOf(record, records, at) === reason,
  );
  if (!found) return { since: null, record: null };
  const { name, number, graceUntil, since } = found;
  return { since: sinceOf(found, reason), record: { name, number, graceUntil: graceUntil ?? null } };

  function sinceOf(record: GateRecord, why: GateReason): Day | null {
    if (why !== 'access_missing' || record.graceUntil === undefined) return since ?? null;
    // A grace that is over blocks from the day after it.
    const over = addDays(record.graceUntil, 1);
    return since !== undefined && since > over ? since : over;
  }
}

function lookAgainAt({ outcome, reason }: GateDecision): LookAgain | null {
  if (outcome === 'indeterminate') return onContact;
  return outcome === 'block' && reason !== 'malformed_host' ? onChange : null;
}
