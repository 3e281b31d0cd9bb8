import type { AnswerOf } from '../../api/client.ts';

/** A contest as lists show it. */
export type Contest = AnswerOf<'listContests'>['contests'][number];
