import { useText } from '../language/language.tsx';
import { FewChoices } from './few-choices.tsx';

/** Each language under its own name, so that it is found by who needs it. */
const choices = [
  { value: 'zh', lang: 'zh-CN', text: '中文' },
  { value: 'en', lang: 'en', text: 'English' },
] as const;

export function LanguageSwitch() {
  const { t, language, setLanguage } = useText();
  return <FewChoices label={t.app.language} choices={choices} value={language} onChange={setLanguage} />;
}
