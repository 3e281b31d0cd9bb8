/** A reason's texts, with what they are taken from. */
export interface ReasonWording {
  readonly source: string;
  readonly zh: (facts: ReasonFacts) => string;
  readonly en: (facts: ReasonFacts) => string;
}

/** What a reason's text may name. */
export interface ReasonFacts {
  readonly region: string;
  readonly provider: string;
  readonly registrableName: string;
  /** The platform that a name is of, such as `github.io`. */
  readonly platform: string;
  readonly suffix: string;
  readonly port: number;
  /** Label of the policy by which any number will do. */
  readonly deliverySource: string | null;
}
