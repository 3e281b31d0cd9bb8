import { Button, Input } from 'antd';
import { useContext, useState } from 'react';
import { useLocation, useSearchParams } from 'react-router';
import type { AnswerOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Article, articlesOn } from '../../parts/help-context.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { Panel } from '../../parts/panel.tsx';
import { SessionContext } from '../session/session-context.tsx';
import { startTour } from '../tour/start-tour.ts';
import { tourWords } from '../tour/words.ts';
import { ArticleView } from './article-view.tsx';
import { searchOf, useReaderHelp } from './reader-help.ts';
import { helpWords } from './words.ts';

type Help = AnswerOf<'listHelp'>;

export function HelpPage() {
  const { t } = useText(helpWords, tourWords);
  const isSignedIn = useContext(SessionContext) !== null;
  const [search, setSearch] = useState('');
  const help = useAnswer('listHelp', {});
  const wanted = search.trim();
  return (
    <Page
      title={t.help.title}
      lead={t.help.lead}
      actions={isSignedIn && <Button onClick={startTour}>{t.tour.start}</Button>}
    >
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
        {(all) => (wanted === '' ? <GroupedHelp help={all} /> : <FoundHelp help={all} wanted={wanted} />)}
      </Loaded>
    </Page>
  );
}

/** What matches the search, the best first. */
function FoundHelp({ help, wanted }: { readonly help: Help; readonly wanted: string }) {
  const { t } = useText(helpWords);
  const { articles } = useReaderHelp(help);
  const found = searchOf(articles)(wanted);
  if (found.length === 0) return <Empty title={t.help.empty} hint={t.help.emptyHint} />;
  return (
    <Panel>
      {found.map((article, at) => (
        <ArticleView key={`${article.id} ${at === 0}`} article={article} sources={help.sources} open={at === 0} />
      ))}
    </Panel>
  );
}

/** All help by groups; before them what is about the page that somebody came from. */
function GroupedHelp({ help }: { readonly help: Help }) {
  const { t, pick } = useText(helpWords);
  const [params] = useSearchParams();
  const { hash } = useLocation();
  const { articles, groups } = useReaderHelp(help);
  const near = articlesOn(articles, params.get('topic'));
  const listed = (shown: readonly Article[], areOpen: boolean) =>
    shown.map((article) => (
      <ArticleView
        key={article.id}
        article={article}
        sources={help.sources}
        open={areOpen || hash === `#${article.id}`}
      />
    ));
  const parts = groups
    .map((group) => ({
      ...group,
      own: articles.filter((article) => article.group === group.id && !near.includes(article)),
    }))
    .filter(({ own }) => own.length > 0);
  return (
    <>
      {near.length > 0 && <Panel title={t.help.onPage}>{listed(near, near.length <= 5)}</Panel>}
      <nav className="help-groups" aria-label={t.help.groups}>
        {parts.map(({ id, title }) => (
          <a key={id} href={`#group-${id}`}>
            {pick(title)}
          </a>
        ))}
      </nav>
      {parts.map(({ id, title, own }) => (
        <div key={id} id={`group-${id}`}>
          <Panel title={pick(title)}>{listed(own, false)}</Panel>
        </div>
      ))}
    </>
  );
}
