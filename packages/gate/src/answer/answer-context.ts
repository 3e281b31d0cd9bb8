import type { IncomingMessage, ServerResponse } from 'node:http';
import { dayOf } from '@openbeian/model/calendar';
import { type GateDecision, type GateReason, gateReasons } from '@openbeian/model/gate';
import type { GateConfig } from '../config.ts';
import type { AnswerMetrics } from '../metrics.ts';
import { type Asking, type Today, todayOf } from '../snapshot/shown-snapshot.ts';
import type { SnapshotKeeper } from '../snapshot/snapshot-keeper.ts';
import { type ChallengeGuard, createChallengeGuard } from './acme-challenge.ts';
import type { AskedRequest } from './asked-host.ts';
import type { PageLinks } from './block-page.ts';
import { type EvaluatedRecords, type ExplainedDecision, explainDecision } from './explain-decision.ts';

/** What the answers need. */
export interface AnswerNeeds {
  readonly config: Pick<
    GateConfig,
    | ('consoleUrl' | 'explainUrl' | 'blockPage' | 'refusal' | 'acmeChallenge' | 'regionHeader')
    | ('onNoSnapshot' | 'onSnapshotTooOld' | 'onMalformedHost' | 'threads')
  >;
  readonly keeper: Pick<SnapshotKeeper, 'shown' | 'recordsOf'>;
  readonly metrics: AnswerMetrics;
  readonly nowMs: () => number;
}

/** What all answers have in common. */
export interface AnswerContext extends AnswerNeeds {
  readonly links: PageLinks;
  readonly challenges: ChallengeGuard;
  today(): Today;
  /** Is a host with this reason served, by the law or by the configuration? */
  isServed(reason: GateReason): boolean;
  /** @param records that the decision was made by, where somebody asks for them */
  explain(decision: GateDecision, asking: Asking, records?: EvaluatedRecords | null): ExplainedDecision;
}

/** Who asks, and what. */
export interface Asked {
  readonly request: AskedRequest;
  readonly asking: Asking;
}

/** One request to the gate, over Node's own HTTP. */
export interface Exchange extends Asked {
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
}

export function createAnswerContext(needs: AnswerNeeds): AnswerContext {
  const { config, keeper, nowMs } = needs;
  const today = dayClock(nowMs);
  const servedAnyway: Partial<Record<GateReason, boolean>> = {
    no_snapshot: config.onNoSnapshot === 'allow',
    snapshot_too_old: config.onSnapshotTooOld === 'allow',
    malformed_host: config.onMalformedHost === 'allow',
  };
  const isServed = (reason: GateReason): boolean => gateReasons[reason] === 'allow' || servedAnyway[reason] === true;
  return {
    ...needs,
    links: { consoleUrl: config.consoleUrl, explainUrl: config.explainUrl ?? besideBlockPage(config) },
    challenges: createChallengeGuard(nowMs, config.threads),
    today,
    isServed,
    explain: (decision, { anyNumber }, records = null) =>
      explainDecision(decision, {
        served: isServed(decision.reason),
        at: today().day,
        held: keeper.shown.facts(),
        policySource: anyNumber?.source ?? null,
        records,
      }),
  };
}

/** Does this request only ask for something to read? */
export function isReading(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** https://gate.example/blocked → https://gate.example/explain. */
function besideBlockPage({ blockPage: page }: Pick<GateConfig, 'blockPage'>): string | undefined {
  return page.startsWith('/') ? undefined : new URL('explain', page).href;
}

/** Today in Shanghai; worked out once a day, not once a request. */
function dayClock(nowMs: () => number): () => Today {
  const hours8 = 8 * 3_600_000;
  let number = Number.NaN;
  let today = todayOf('1970-01-01');
  return () => {
    const now = nowMs();
    const current = Math.floor((now + hours8) / 86_400_000);
    if (current !== number) {
      number = current;
      today = todayOf(dayOf(new Date(now).toISOString()));
    }
    return today;
  };
}
