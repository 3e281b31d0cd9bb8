import { query } from '../command/operation.ts';
import type { Step } from '../command/step.ts';
import { readerOf } from './notice-reader.ts';
import { noticeText } from './notice-text.ts';

interface NoticesAsked {
  readonly unread: 'true' | 'false';
  readonly before?: string | undefined;
  readonly limit: number;
}

/** Notices of the account, newest first. */
export const listNotices = query(
  { id: 'listNotices', faults: [] },
  async ({ tx, actor }: Step, { unread, before, limit }: NoticesAsked) => {
    const rows = await tx.notices.list(readerOf(actor), {
      unread: unread === 'true',
      limit,
      ...(before !== undefined && { before }),
    });
    return {
      unread: await tx.notices.countUnread(readerOf(actor)),
      notices: rows.map(({ about: _about, ...row }) => ({ ...row, text: noticeText(row) })),
      next: rows.length === limit ? (rows.at(-1)?.id ?? null) : null,
    };
  },
);
