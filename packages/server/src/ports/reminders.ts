/** Something that waits for a customer: a filing, a demanded correction, a move of records, whose end is told, or a verification that runs out. */
export interface Reminded {
  readonly kind: 'filing' | 'demand' | 'move' | 'verification';
  readonly itemId: string;
}

export interface ReminderRows {
  /** When its customer is reminded next; null: not again. */
  put(item: Reminded, at: string | null): Promise<void>;
  /** Locks it until the transaction ends. Null: there is none, or somebody else works on it. */
  claim(item: Reminded): Promise<string | null>;
  /** The earliest first; without those whose reminder failed and waits. */
  listDue(at: string, limit: number): Promise<Reminded[]>;
}
