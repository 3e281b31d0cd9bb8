import { command } from '../command/operation.ts';
import type { Step } from '../command/step.ts';
import { readerOf } from './notice-reader.ts';

/** Marks some, or all that are there now, as read or as unread again. */
export const markNoticesRead = command(
  { id: 'markNoticesRead', faults: [] },
  async (
    { tx, actor, at }: Step,
    input: { readonly ids?: readonly string[] | undefined; readonly read?: boolean | undefined },
  ): Promise<{ unread: number }> => {
    await tx.notices.markRead(readerOf(actor), input.ids ?? null, input.read === false ? null : at);
    return { unread: await tx.notices.countUnread(readerOf(actor)) };
  },
);
