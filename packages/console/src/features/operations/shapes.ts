import type { AnswerOf } from '../../api/client.ts';

export type Operations = AnswerOf<'getOperations'>;
export type Item = Operations['items'][number];
export type Part = Item['parts'][number];
