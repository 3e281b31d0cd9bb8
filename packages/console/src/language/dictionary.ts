import type { zh } from './zh.ts';

/** The shape of `zh` with its texts freed: another language must have every key, with the same arguments. */
type Freed<T> = T extends string
  ? string
  : T extends (...given: infer Given) => string
    ? (...given: Given) => string
    : T extends readonly string[]
      ? readonly string[]
      : { readonly [Key in keyof T]: Freed<T[Key]> };

export type Dictionary = Freed<typeof zh>;
export type Language = 'zh' | 'en';

/** A text that comes from the server or the model in both languages. */
export interface BothTexts {
  readonly zh: string;
  readonly en: string;
}
