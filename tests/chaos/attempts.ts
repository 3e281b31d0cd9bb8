/** What came of one attempt: the codes that were acknowledged, or the fault's code. */
export type Answer =
  | { readonly issued: readonly { readonly id: string; readonly clear: string }[] }
  | { readonly refused: string };

/** A line by which a client tells an answer before it goes on; only what was told is believed. */
export interface AnswerLine {
  readonly attempt: number;
  readonly answer: Answer;
}

/** The attempt's own idempotency key: whoever repeats the attempt uses it again. */
export const keyOf = (attempt: number): string => `chaos-${attempt}`;

/** Runs `work` over `items`, `lanes` at a time. */
export async function inLanes<T>(items: readonly T[], lanes: number, work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items].reverse();
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) await work(item);
    }),
  );
}
