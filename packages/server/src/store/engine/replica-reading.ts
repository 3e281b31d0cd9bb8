/** Why the primary was read, or is: in these words metrics and the log tell it. */
export type WhyPrimary =
  /** Nothing is known yet. */
  | 'starting'
  /** The replica cannot be reached, or does not answer. */
  | 'away'
  /** It takes writes: a primary. */
  | 'no_standby'
  /** Of another cluster, or another database of this one. */
  | 'other_database'
  | 'other_schema'
  /** Its role owns the tables, or may not read all of them. */
  | 'role'
  /** It lacks something that is older than the bound. */
  | 'behind'
  /** There is a new primary: the replica may hold what is in no other database. */
  | 'primary_changed'
  /** Where the primary's log is is not known. */
  | 'primary_away'
  /** It lacks what the asker has just changed. */
  | 'own_changes'
  /** The asker did not say how far it must have come. */
  | 'not_asked'
  /** It gave an error, or ended the session. */
  | 'failed'
  /** By what the replica holds the answer is a refusal, which only the primary may give. */
  | 'refused';

/** `why` null: it is read from. */
export interface ReplicaState {
  readonly why: WhyPrimary | null;
  /** What was found, for operators. */
  readonly detail?: string;
}

export interface ReplicaReading {
  readonly state: WhyPrimary | null;
  /** How old the newest change may be that it lacks; null where that is not known. */
  readonly lagSeconds: number | null;
  /** Readings so far: on the replica (null), or why on the primary. */
  readonly reads: ReadonlyMap<WhyPrimary | null, number>;
}
