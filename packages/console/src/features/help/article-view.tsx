import { useText } from '../../language/language.tsx';
import { blocksOf } from './blocks.ts';
import type { Article } from './help-context.tsx';

/** One help text: paragraphs and lists; its sources below. */
export function ArticleView({ article }: { readonly article: Article }) {
  const { t, pick } = useText();
  return (
    <article className="article" id={article.id}>
      <h3>{pick(article.title)}</h3>
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
    </article>
  );
}
