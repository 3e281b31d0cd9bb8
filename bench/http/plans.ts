/** A statement as the driver sent it. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
  /** Rows that it wrote or read when it was read off. */
  readonly count: number;
}

/** What the peer runs for one request, and what it answers. */
export interface Plan {
  readonly statements: readonly Statement[];
  readonly isTransaction: boolean;
  readonly answer: unknown;
}

/** Plans of one kind; those of a writing are run once each, those of a reading again and again. */
export interface PlansOfKind {
  readonly kind: string;
  readonly isOnce: boolean;
  readonly plans: readonly Plan[];
}
