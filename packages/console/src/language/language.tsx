import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import type { BothTexts, Dictionary, Language } from './dictionary.ts';
import { en } from './en.ts';
import { formatDay, formatInstant } from './format.ts';
import { zh } from './zh.ts';

const dictionaries: Readonly<Record<Language, Dictionary>> = { zh, en };
const storageKey = 'openbeian.language';

interface LanguageValue {
  readonly language: Language;
  readonly t: Dictionary;
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
  const value = useMemo(() => ({ language, t: dictionaries[language], setLanguage }), [language]);
  return <LanguageContext value={value}>{children}</LanguageContext>;
}

function rememberedLanguage(): Language {
  try {
    return localStorage.getItem(storageKey) === 'en' ? 'en' : 'zh';
  } catch {
    return 'zh';
  }
}

/** The texts of the present language, and how to show what comes in both languages. */
export function useText() {
  const value = useContext(LanguageContext);
  if (value === null) throw new Error('useText outside LanguageProvider');
  const { language, t, setLanguage } = value;
  return {
    language,
    setLanguage,
    t,
    /** Picks the present language from a text that came in both. */
    pick: (text: BothTexts | null | undefined) => text?.[language] ?? '',
    /** The dictionary's word for a closed value; the value itself where it has none. */
    word: (words: object, value: string) => (words as Readonly<Record<string, string>>)[value] ?? value,
    day: (day: string | null | undefined) => formatDay(day),
    instant: (at: string | null | undefined) => formatInstant(at),
  };
}
