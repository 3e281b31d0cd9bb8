import { Drawer } from 'antd';
import { Link } from 'react-router';
import { useText } from '../../language/language.tsx';
import type { Article } from '../../parts/help-context.ts';
import { ArticleView } from './article-view.tsx';
import { helpWords } from './words.ts';

interface HelpDrawerProps {
  readonly articles: readonly Article[];
  readonly onClose: () => void;
}

export function HelpDrawer({ articles, onClose }: HelpDrawerProps) {
  const { t } = useText(helpWords);
  return (
    <Drawer
      title={t.help.related}
      open
      onClose={onClose}
      size={Math.min(460, window.innerWidth)}
      extra={
        <Link to="/help" onClick={onClose}>
          {t.help.all}
        </Link>
      }
    >
      {articles.map((article) => (
        <ArticleView key={article.id} article={article} open={articles.length <= 3} />
      ))}
    </Drawer>
  );
}
