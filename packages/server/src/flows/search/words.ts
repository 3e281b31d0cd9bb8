import type { RecordState } from '@openbeian/model/filing';

interface Text {
  readonly zh: string;
  readonly en: string;
}

/** What is said of a record that is not simply in force. */
export const recordStateWords: Readonly<Record<RecordState, Text | null>> = {
  filed: null,
  cancelled: { zh: '已注销', en: 'Cancelled' },
  suspended: { zh: '已暂停', en: 'Suspended' },
  blacklisted: { zh: '列入黑名单', en: 'Blacklisted' },
};

/** What has become of a code for good; whether an open one works is for its own page to say. */
export const codeEndWords = {
  used: { zh: '已使用', en: 'Used' },
  revoked: { zh: '已撤销', en: 'Revoked' },
} as const satisfies Readonly<Record<string, Text>>;

export const codeTitle = (tail: string): string => `•••• ${tail}`;
