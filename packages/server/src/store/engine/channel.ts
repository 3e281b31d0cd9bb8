/** How processes on one database reach each other past the tables; what is sent may be lost. */
export interface Channel {
  send(text: string): Promise<void>;
  /** Opens a session that hears what anybody sends; `onEnd` when it is lost. */
  open(onText: (text: string) => void, onEnd: () => void): Promise<{ close(): void }>;
}
