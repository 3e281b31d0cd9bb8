/** Sends requests to addresses that customers named, so it trusts none of them. */
export interface OutboundPost {
  /**
   * One POST. Never throws for what the other side does or fails to do. Addresses inside the provider's network are
   * refused when the connection is made; redirects are not followed.
   */
  post(request: {
    readonly url: string;
    /** Whose receiver it is: an account's, or the provider's (null). */
    readonly owner: string | null;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  }): Promise<OutboundAnswer>;
  /** Why an address cannot be a receiver at all, as far as the address itself shows; null when it may be one. */
  problemOf(url: string, owner: string | null): { readonly expected: string; readonly expectedZh: string } | null;
}

/** Why there was no answer; a closed list. */
export type OutboundError =
  | 'url_refused'
  | 'address_refused'
  | 'name_unknown'
  | 'connection_failed'
  | 'tls_failed'
  | 'timed_out'
  | 'answer_too_large';

export interface OutboundAnswer {
  /** HTTP status; null when there was none. */
  readonly status: number | null;
  readonly error: OutboundError | null;
  /**
   * The beginning of the answer, a few hundred characters without control characters; empty when there was none, or when the
   * receiver is inside the provider's network.
   */
  readonly excerpt: string;
}

/** Carries notices to people beyond the console. */
export interface Notifier {
  /** False: this deployment has no way to send mail. */
  readonly enabled: boolean;
  /**
   * Sends one mail. `id` becomes its Message-ID, so that a repetition can be recognised.
   * @throws Error when it was not taken over; try again later.
   */
  send(mail: {
    readonly id: string;
    readonly to: string;
    readonly subject: string;
    readonly text: string;
  }): Promise<void>;
}
