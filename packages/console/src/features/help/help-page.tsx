import { askedWords, helpSearch } from '@openbeian/model/help';
import { Input } from 'antd';
import { useState } from 'react';
import { useLocation, useSearchParams } from 'react-router';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Article, articlesOn } from '../../parts/help-context.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ArticleView } from './article-view.tsx';
import { helpWords } from './words.ts';

export function HelpPage() {
  const { t } = useText(helpWords);
  const [params] = useSearchParams();
  const { hash } = useLocation();
  const [search, setSearch] = useState('');
  const help = useAnswer('listHelp', {});
  const topic = params.get('topic');
  return (
    <Page title={t.help.title} lead={t.help.lead}>
      <div className="bar">
        <Input.Search
          allowClear
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          placeholder={t.help.search}
          aria-label={t.help.search}
          style={{ maxWidth: 420 }}
        />
      </div>
      <Loaded query={help}>
        {({ articles }) => {
          const wanted = search.trim();
          const shown = wanted === '' ? (topic ? articlesOn(articles, topic) : articles) : searchOf(articles)(wanted);
          if (shown.length === 0) return <Empty title={t.help.empty} hint={t.help.emptyHint} />;
          return (
            <Panel>
              {shown.map((article) => (
                <ArticleView
                  key={`${article.id} ${wanted === ''}`}
                  article={article}
                  open={hash === `#${article.id}` || (wanted === '' ? shown.length <= 5 : shown[0] === article)}
                />
              ))}
            </Panel>
          );
        }}
      </Loaded>
    </Page>
  );
}

/** The articles are made searchable once, not with every letter typed. */
const searches = new WeakMap<readonly Article[], (query: string) => Article[]>();

function searchOf(articles: readonly Article[]): (query: string) => Article[] {
  const known = searches.get(articles);
  if (known !== undefined) return known;
  const search = helpSearch(articles, ({ title, body, asked, topics }) => ({
    title: [title.zh, title.en],
    asked: askedWords(asked, topics),
    body: [body.zh, body.en],
  }));
  searches.set(articles, search);
  return search;
}
