import type { AuthorityKind } from '@openbeian/model/filing';

export type DayTopic = 'filing' | 'code' | 'gate';

/** How often something happened on a day in Shanghai. */
export interface DayCount {
  readonly topic: DayTopic;
  readonly day: string;
  /** The state that filings came into, the type of a code's event, or the outcome and the reason of a gate, with a space between. */
  readonly name: string;
  readonly count: number;
}

export interface DayTallyFilter {
  /** Days in Shanghai, both included. */
  readonly from: string;
  readonly to: string;
  /** Of filings; whatever has no province or type is left out then. */
  readonly provinceCode?: string | undefined;
  readonly kind?: AuthorityKind | undefined;
}

/** What happened day by day, kept while it happens: filings by trigger, codes when their events are relayed. */
export interface DayTallyRows {
  add(counted: readonly DayCount[]): Promise<void>;
  /** By topic, day and name. */
  list(filter: DayTallyFilter): Promise<DayCount[]>;
}
