import { useId } from 'react';
import { useText } from '../language/language.tsx';
import type { Language } from '../language/words.ts';
import './plain.css';

/** Each language under its own name, so that it is found by who needs it. */
const names: Readonly<Record<Language, { readonly tag: string; readonly name: string }>> = {
  zh: { tag: 'zh-CN', name: '中文' },
  en: { tag: 'en', name: 'English' },
};
const languages = ['zh', 'en'] as const;

export function LanguageSwitch() {
  const { t, language, setLanguage } = useText();
  const group = useId();
  return (
    <fieldset className="language-switch" aria-label={t.app.language}>
      {languages.map((one) => (
        <label key={one}>
          <input type="radio" name={group} checked={one === language} onChange={() => setLanguage(one)} />
          <span lang={names[one].tag}>{names[one].name}</span>
        </label>
      ))}
    </fieldset>
  );
}
