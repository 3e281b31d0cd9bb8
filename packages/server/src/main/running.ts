/** A running process of the system. */
export interface Running {
  /** Ends what is under way, then stops. */
  close(): Promise<void>;
}
