import type { AnswerOf } from '../../api/client.ts';

/** A key as the list gives it: never the secret itself. */
export type ApiKey = AnswerOf<'listApiKeys'>['apiKeys'][number];
