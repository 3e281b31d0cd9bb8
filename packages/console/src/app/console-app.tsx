import { QueryClientProvider } from '@tanstack/react-query';
import { App, ConfigProvider } from 'antd';
import enUs from 'antd/es/locale/en_US.js';
import zhCn from 'antd/es/locale/zh_CN.js';
import { useState } from 'react';
import { createBrowserRouter } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { LanguageProvider, useText } from '../language/language.tsx';
import { createCache } from './cache.ts';
import { routes } from './routes.tsx';
import { theme } from './theme.ts';

type Locale = NonNullable<Parameters<typeof ConfigProvider>[0]['locale']>;
/** These modules say they are CommonJS and are not: what types call `.default` is the bundler's default itself. */
const locales = { zh: zhCn as unknown as Locale, en: enUs as unknown as Locale };

const router = createBrowserRouter(routes);

export function ConsoleApp() {
  const [cache] = useState(createCache);
  return (
    <QueryClientProvider client={cache}>
      <LanguageProvider>
        <Themed />
      </LanguageProvider>
    </QueryClientProvider>
  );
}

function Themed() {
  const { language } = useText();
  return (
    <ConfigProvider theme={theme} locale={locales[language]} button={{ autoInsertSpace: false }}>
      <App>
        <RouterProvider router={router} />
      </App>
    </ConfigProvider>
  );
}
