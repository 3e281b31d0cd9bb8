import { type ReactNode, useMemo, useState } from 'react';
import { useAnswer } from '../../api/use-answer.ts';
import { articlesOn, HelpContext } from '../../parts/help-context.ts';
import { later } from '../../parts/later.tsx';

const HelpDrawer = later(async () => (await import('./help-drawer.tsx')).HelpDrawer);

/** Reads all help texts once; they are few, and every screen asks for some. */
export function HelpProvider({ children }: { readonly children: ReactNode }) {
  const help = useAnswer('listHelp', {});
  const [topic, setTopic] = useState<string | null>(null);
  const value = useMemo(
    () => ({ articles: help.data?.articles ?? [], sources: help.data?.sources ?? [], open: setTopic }),
    [help.data],
  );
  return (
    <HelpContext value={value}>
      {children}
      {topic !== null && (
        <HelpDrawer
          topic={topic}
          articles={articlesOn(value.articles, topic)}
          sources={value.sources}
          onClose={() => setTopic(null)}
        />
      )}
    </HelpContext>
  );
}
