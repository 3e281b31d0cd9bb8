import { Segmented } from 'antd';
import { useText } from '../language/language.tsx';
import type { Language } from '../language/words.ts';

/** Each language under its own name, so that it is found by who needs it. */
export function LanguageSwitch() {
  const { t, language, setLanguage } = useText();
  return (
    <Segmented<Language>
      size="small"
      aria-label={t.app.language}
      value={language}
      onChange={setLanguage}
      options={[
        { value: 'zh', label: <span lang="zh-CN">中文</span> },
        { value: 'en', label: <span lang="en">English</span> },
      ]}
    />
  );
}
