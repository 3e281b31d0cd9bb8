import { useText } from '../../language/language.tsx';
import type { Article } from '../../parts/help-context.ts';
import { blocksOf } from './blocks.ts';

interface ArticleViewProps {
  readonly article: Article;
  /** Unfolded from the start. */
  readonly open: boolean;
}

/** One help text, its title to unfold it: paragraphs and lists; its sources below. */
export function ArticleView({ article, open }: ArticleViewProps) {
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
          {t.app.source} {article.source.join(' · ')}
        </p>
      )}
    </details>
  );
}
