/**
 * What somebody may be told of as soon as it is committed: hand-overs, events of codes (and what receivers are sent of them),
 * links to mail, and work that an operator has tried again.
 */
export const workSignals = ['jobs', 'events', 'mail', 'retries'] as const;
export type WorkSignal = (typeof workSignals)[number];

/** Being told. Nobody may rely on it: what is due is in rows, and is asked for now and then. */
export interface Listening {
  /** Does what other processes write reach this one? Where not, ask often. */
  isHeard(): boolean;
  stop(): void;
}
