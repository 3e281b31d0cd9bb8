/** Where "now" comes from. Injected, so that a story of weeks runs in seconds. */
export interface Clock {
  /** The present instant, ISO 8601 in UTC, e.g. `2026-11-21T01:30:00.000Z`. */
  now(): string;
}
