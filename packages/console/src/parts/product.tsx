import { type ComponentType, lazy, Suspense, useEffect } from 'react';
import type { AnswerOf } from '../api/client.ts';
import { useText } from '../language/language.tsx';
import { useShownTheme } from './theme-choice.ts';

/** What the server wrote into the page of the provider's own look: it is there before anything is asked for. */
const written = () => document.querySelector<HTMLMetaElement>('meta[name="application-name"]');

/** What the console is called in the present language. */
export function useProductName(): string {
  const { pick } = useText();
  const meta = written();
  return pick({ zh: meta?.content ?? '', en: meta?.dataset.en ?? '' }) || 'OpenBeian';
}

/** The browser's title while a page is open. */
export function useBrowserTitle(title: string): void {
  const name = useProductName();
  useEffect(() => {
    document.title = `${title} · ${name}`;
  }, [title, name]);
}

type Look = AnswerOf<'getDeployment'>['look'];

/** Fetched where a provider has set something for it; a page is a page without it. */
const PageFoot = lazy<ComponentType<{ readonly look: Look }>>(async () => {
  try {
    return { default: (await import('./page-foot.tsx')).PageFoot };
  } catch {
    return { default: () => null };
  }
});

/** The provider's links below a page. */
export function LaterFoot({ look }: { readonly look: Look | undefined }) {
  if (!look || (look.links.length === 0 && !look.support && !look.terms && !look.privacy)) return null;
  return (
    <Suspense>
      <PageFoot look={look} />
    </Suspense>
  );
}

/**
 * The provider's logo, or that of OpenBeian. In the dark theme it is the one that was drawn for that; where the provider has none, the
 * other one on white, which that was drawn for.
 */
export function Logo({ size }: { readonly size: number }) {
  const { logo: own, darkLogo } = written()?.dataset ?? {};
  const isDark = useShownTheme() === 'dark';
  if (isDark && darkLogo) return <img src={darkLogo} className="dark-logo" alt="" height={size} />;
  return (
    <img src={own ?? '/logo.svg'} className={own && 'own-logo'} alt="" height={size} {...(!own && { width: size })} />
  );
}
