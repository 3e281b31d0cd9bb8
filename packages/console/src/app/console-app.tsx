import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { createBrowserRouter } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { LanguageProvider } from '../language/language.tsx';
import { createCache } from './cache.ts';
import { routes } from './routes.tsx';

const router = createBrowserRouter(routes);

export function ConsoleApp() {
  const [cache] = useState(createCache);
  return (
    <QueryClientProvider client={cache}>
      <LanguageProvider>
        <RouterProvider router={router} />
      </LanguageProvider>
    </QueryClientProvider>
  );
}
