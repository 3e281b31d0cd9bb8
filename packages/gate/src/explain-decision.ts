import type { Day } from '@openbeian/model/calendar';
import { type FilingKind, filingKindNames } from '@openbeian/model/filing';
import { explainGateReason, type GateDecision, type GateReason } from '@openbeian/model/gate';
import type { SnapshotFacts } from './snapshot-keeper.ts';

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
  readonly lookAgain: LookAgain | null;
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
  zh: '每次访问都会重新判断；备案状态变更后一秒内到达网关，无须申请解除。',
  en: 'Each visit is judged anew; a change of the filing reaches the gate within a second, and nobody has to ask for it.',
};
const onContact: LookAgain = {
  afterSeconds: retryAfterSeconds,
  zh: '网关至多每 15 秒重新获取一次备案数据，取得后立即重新判断。',
  en: 'The gate asks for filing data every 15 seconds at most, and judges anew as soon as it has some.',
};

/** Explains a decision; `held` are the facts of the snapshot that it was made with. */
export function explainDecision(
  decision: GateDecision,
  served: boolean,
  at: Day,
  held: SnapshotFacts | null,
): ExplainedDecision {
  const kind = openingFiling[decision.reason];
  return {
    ...decision,
    served,
    ...explainGateReason(decision.reason),
    filing: kind === undefined ? null : { kind, ...filingKindNames[kind] },
    lookAgain: lookAgainAt(decision),
    at,
    snapshot: held && {
      version: held.version,
      builtAt: held.builtAt,
      records: held.recordCount,
      ageSeconds: Math.floor(held.ageMs / 1000),
    },
  };
}

function lookAgainAt({ outcome, reason }: GateDecision): LookAgain | null {
  if (outcome === 'indeterminate') return onContact;
  return outcome === 'block' && reason !== 'malformed_host' ? onChange : null;
}
