import { ConfigProvider } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { Outlet } from 'react-router';
import { HelpProvider } from '../features/help/help-provider.tsx';
import { useText } from '../language/language.tsx';
import type { Language } from '../language/words.ts';
import { MessageProvider } from '../parts/message.tsx';
import { returnFocus } from '../parts/return-focus.ts';
import { useShownTheme } from '../parts/theme-choice.ts';
import { themeOf } from './theme.ts';

type Locale = NonNullable<Parameters<typeof ConfigProvider>[0]['locale']>;

/** The component library's own words; those of the other language are fetched by whoever turns to it. */
const locales: Readonly<Record<Language, () => Promise<{ readonly default: unknown }>>> = {
  zh: () => import('antd/es/locale/zh_CN.js'),
  en: () => import('antd/es/locale/en_US.js'),
};
const loaded: Partial<Record<Language, Locale>> = {};

/** Fetches the component library's words in one language. */
export async function loadLocale(language: Language): Promise<void> {
  // These modules say they are CommonJS and are not: what types call `.default` is the bundler's default itself.
  loaded[language] ??= (await locales[language]()).default as Locale;
}

/** The pages that are made of the component library, with its theme and help beside them. */
export function Themed() {
  const { language } = useText();
  const [shown, setShown] = useState(language);
  useEffect(() => {
    // Where it cannot be fetched, a few words of the library stay in the language before.
    loadLocale(language).then(
      () => setShown(language),
      () => undefined,
    );
  }, [language]);
  useEffect(returnFocus, []);
  const inView = useShownTheme();
  const theme = useMemo(() => themeOf(inView), [inView]);
  const locale = loaded[shown];
  return (
    <ConfigProvider
      theme={theme}
      {...(locale && { locale })}
      button={{ autoInsertSpace: false }}
      form={{ scrollToFirstError: { focus: true, block: 'center' } }}
    >
      <MessageProvider>
        <HelpProvider>
          <Outlet />
        </HelpProvider>
      </MessageProvider>
    </ConfigProvider>
  );
}
