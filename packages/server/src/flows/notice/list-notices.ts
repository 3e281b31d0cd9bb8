import type { NoticeGroup } from '@openbeian/model/filing';
import { type NoticeReader, type NoticeRow, noticeTypes } from '../../ports/index.ts';
import { query } from '../command/operation.ts';
import { byId, type ListOrder, type OlderPageInput, olderPageOf } from '../command/page.ts';
import type { Step } from '../command/step.ts';
import { groupOf } from './notice-choice.ts';
import { readerOf } from './notice-reader.ts';
import { noticeText } from './notice-text.ts';

interface NoticesAsked extends OlderPageInput {
  readonly unread: 'true' | 'false';
  readonly group?: NoticeGroup | undefined;
}

/** The reader's notices of that group. */
function ofGroup({ types = noticeTypes, ...reader }: NoticeReader, group: NoticeGroup | undefined): NoticeReader {
  if (group === undefined) return types === noticeTypes ? reader : { ...reader, types };
  return { ...reader, types: types.filter((type) => groupOf(type) === group) };
}

const newestFirst: ListOrder<NoticeRow> = byId('notices');

/** Notices of the account, newest first. */
export const listNotices = query(
  { id: 'listNotices', faults: [], mayLag: true },
  async ({ tx, actor }: Step, input: NoticesAsked) => {
    const unread = input.unread === 'true';
    const { rows, next } = await olderPageOf(newestFirst, input, (page) =>
      tx.notices.list(ofGroup(readerOf(actor), input.group), { unread, ...page }),
    );
    return {
      unread: await tx.notices.countUnread(readerOf(actor)),
      notices: rows.map(({ about: _about, ...row }) => ({ ...row, group: groupOf(row.type), text: noticeText(row) })),
      next,
    };
  },
);
