import { Drawer } from 'antd';
import { Link } from 'react-router';
import { useText } from '../../language/language.tsx';
import type { Article, HelpSource } from '../../parts/help-context.ts';
import { ArticleView } from './article-view.tsx';
import { helpWords } from './words.ts';

interface HelpDrawerProps {
  readonly topic: string;
  readonly articles: readonly Article[];
  readonly sources: readonly HelpSource[];
  readonly onClose: () => void;
}

export function HelpDrawer({ topic, articles, sources, onClose }: HelpDrawerProps) {
  const { t } = useText(helpWords);
  return (
    <Drawer
      title={t.help.related}
      open
      onClose={onClose}
      size={Math.min(460, window.innerWidth)}
      extra={
        <Link to={`/help?${new URLSearchParams({ topic })}`} onClick={onClose}>
          {t.help.all}
        </Link>
      }
    >
      {articles.map((article) => (
        <ArticleView key={article.id} article={article} sources={sources} open={articles.length <= 3} />
      ))}
    </Drawer>
  );
}
