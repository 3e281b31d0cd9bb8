import { Fragment } from 'react';
import { useText } from '../../language/language.tsx';
import type { Article, HelpSource } from '../../parts/help-context.ts';
import { blocksOf } from './blocks.ts';

interface ArticleViewProps {
  readonly article: Article;
  readonly sources: readonly HelpSource[];
  /** Unfolded from the start. */
  readonly open: boolean;
}

/** One help text, its title to unfold it: paragraphs and lists; its sources below. */
export function ArticleView({ article, sources, open }: ArticleViewProps) {
  const { t, pick } = useText();
  return (
    <details className="article" id={article.id} open={open}>
      <summary>{pick(article.title)}</summary>
      {blocksOf(pick(article.body)).map((block) =>
        typeof block === 'string' ? (
          <p key={block}>{block}</p>
        ) : (
          <ul key={block.join()}>
            {block.map((item) => (
              <li key={item}>{item}</li>
            ))}
          </ul>
        ),
      )}
      {article.source.length > 0 && (
        <p className="faint">
          {t.app.source} <SourceList sources={sources.filter(({ label }) => article.source.includes(label))} />
        </p>
      )}
    </details>
  );
}

/** Titles of documents, linked where they are public. */
function SourceList({ sources }: { readonly sources: readonly HelpSource[] }) {
  const { pick } = useText();
  return sources.map(({ label, title, published, url }, at) => (
    <Fragment key={label}>
      {at > 0 && ' · '}
      {url === null ? (
        <span title={pick(published)}>{pick(title)}</span>
      ) : (
        <a href={url} title={pick(published)} target="_blank" rel="noreferrer">
          {pick(title)}
        </a>
      )}
    </Fragment>
  ));
}
