/** The texts of a fault and whether the same request may be sent again. */
export interface FaultText {
  readonly zh: string;
  readonly en: string;
  readonly internal: string;
  readonly retry: 'never' | 'later' | 'after_reload';
}
