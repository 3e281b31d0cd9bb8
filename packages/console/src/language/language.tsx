import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { commonWords } from './common-words.ts';
import { formatDay, formatInstant } from './format.ts';
import { type BothTexts, type InOneLanguage, inLanguage, type Language, type Words } from './words.ts';

const storageKey = 'openbeian.language';

interface LanguageValue {
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
}

const LanguageContext = createContext<LanguageValue | null>(null);

/** Chinese unless the person chose English before on this browser. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(rememberedLanguage);
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    try {
      localStorage.setItem(storageKey, language);
    } catch {
      // A browser that keeps nothing shows Chinese the next time.
    }
  }, [language]);
  const value = useMemo(() => ({ language, setLanguage }), [language]);
  return <LanguageContext value={value}>{children}</LanguageContext>;
}

/** The language that the person chose last in this browser. */
export function rememberedLanguage(): Language {
  try {
    return localStorage.getItem(storageKey) === 'en' ? 'en' : 'zh';
  } catch {
    return 'zh';
  }
}

/** All members of a union at once: the words of several features as one object. */
type AllOf<Union> = (Union extends unknown ? (member: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;

/** The common words and those of the features that are asked for, in one language. */
type TextsOf<Asked extends readonly Words[]> = InOneLanguage<typeof commonWords> &
  AllOf<InOneLanguage<typeof commonWords> | { [Key in keyof Asked]: InOneLanguage<Asked[Key]> }[number]>;

/**
 * The common words and those of the given features in the present language, and how to show what comes in both
 * languages: `const { t, day } = useText(codeWords)`, then `t.code.title` and `t.app.cancel`.
 */
export function useText<const Asked extends readonly Words[]>(...asked: Asked) {
  const value = useContext(LanguageContext);
  if (value === null) throw new Error('useText outside LanguageProvider');
  const { language, setLanguage } = value;
  const t = Object.assign({}, ...[commonWords, ...asked].map((words) => inLanguage(words, language)));
  return {
    language,
    setLanguage,
    // The words of all dictionaries that were asked for, merged; TypeScript cannot type such a spread.
    t: t as TextsOf<Asked>,
    /** Picks the present language from a text that came in both. */
    pick: (text: BothTexts | null | undefined) => text?.[language] ?? '',
    /** The dictionary's word for a closed value; the value itself where it has none. */
    word: (words: object, value: string) => (words as Readonly<Record<string, string>>)[value] ?? value,
    day: (day: string | null | undefined) => formatDay(day),
    instant: (at: string | null | undefined) => formatInstant(at),
  };
}
