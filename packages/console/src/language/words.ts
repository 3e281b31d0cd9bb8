export type Language = 'zh' | 'en';

/** One text in both languages: a word of the console, or what the server or the model sends. */
export interface BothTexts {
  readonly zh: string;
  readonly en: string;
}

/**
 * The words of a feature: each text in both languages side by side, in groups; a function where a text has something to
 * fill in. `satisfies Words` refuses a text that lacks a language.
 */
export interface Words {
  readonly [key: string]: BothTexts | ((...given: never[]) => BothTexts) | readonly BothTexts[] | Words;
}

/** The same words in one language: every text is a string, and functions return one. */
export type InOneLanguage<T> = T extends BothTexts
  ? string
  : T extends (...given: infer Given) => BothTexts
    ? (...given: Given) => string
    : T extends readonly BothTexts[]
      ? readonly string[]
      : { readonly [Key in keyof T]: InOneLanguage<T[Key]> };

const picked: Readonly<Record<Language, WeakMap<object, unknown>>> = { zh: new WeakMap(), en: new WeakMap() };

/** Picks one language out of a feature's words. Asked again, it returns the same object. */
export function inLanguage<T extends object>(words: T, language: Language): InOneLanguage<T> {
  const result = picked[language].get(words) ?? pickFrom(words, language);
  picked[language].set(words, result);
  // `pickFrom` keeps the shape of its words; its recursion cannot be typed.
  return result as InOneLanguage<T>;
}

function pickFrom(node: unknown, language: Language): unknown {
  if (typeof node === 'function') {
    // Functions among words fill in a text; whoever calls this one gives what InOneLanguage says.
    return (...given: unknown[]) => (node as (...given: unknown[]) => BothTexts)(...given)[language];
  }
  if (Array.isArray(node)) return node.map((item) => pickFrom(item, language));
  if (isText(node)) return node[language];
  return Object.fromEntries(Object.entries(node as object).map(([key, value]) => [key, pickFrom(value, language)]));
}

function isText(node: unknown): node is BothTexts {
  return typeof node === 'object' && node !== null && 'zh' in node && typeof node.zh === 'string';
}
