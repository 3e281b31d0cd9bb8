import { Checkbox } from 'antd';
import { Link } from 'react-router';
import type { AnswerOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { PageTurner, useAddressPages } from '../../parts/page-turner.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useAddressText } from '../../parts/use-address-text.ts';
import { OwnersOnly } from '../member/owners-only.tsx';
import { useSession } from '../session/session-context.tsx';
import { MailPanel } from './mail-panel.tsx';
import { StoppingPanel } from './stopping-panel.tsx';
import './notice.css';
import { WriteButton } from '../../parts/write-button.tsx';
import { noticeWords } from './words.ts';

type Notice = AnswerOf<'listNotices'>['notices'][number];

/** What happened to filings, records and codes, and the codes that will stop. */
export function NoticesPage() {
  const { t } = useText(noticeWords);
  const { role, support } = useSession();
  const [shown, setShown] = useAddressText('show');
  const onlyUnread = shown === 'unread';
  const pages = useAddressPages(shown);
  const notices = useAnswer('listNotices', {
    query: { unread: onlyUnread ? 'true' : 'false', ...pages.query },
  });
  const mark = useCommand('markNoticesRead');
  const mayMark = role !== 'auditor';
  return (
    <Page title={t.notice.title} lead={t.notice.lead} topic="page:notices">
      <Panel
        flush
        title={t.notice.title}
        beside={
          (notices.data?.unread ?? 0) > 0 && <span className="faint">{t.notice.unread(notices.data?.unread ?? 0)}</span>
        }
        actions={
          <>
            <Checkbox checked={onlyUnread} onChange={(event) => setShown(event.target.checked ? 'unread' : '')}>
              {t.notice.onlyUnread}
            </Checkbox>
            {mayMark && (
              <WriteButton
                size="small"
                disabled={notices.data?.unread === 0}
                loading={mark.isPending}
                onClick={() => mark.mutate({ body: {} })}
              >
                {t.notice.markAll}
              </WriteButton>
            )}
          </>
        }
      >
        <ProblemAlert error={mark.error} />
        <Loaded query={notices}>
          {({ notices: rows, next }) => (
            <>
              <NoticeLines
                rows={rows}
                onRead={mayMark ? (id, read) => mark.mutate({ body: { ids: [id], read } }) : undefined}
              />
              <PageTurner pages={pages} next={next} />
            </>
          )}
        </Loaded>
      </Panel>
      {role !== 'auditor' && support === null && (
        <p className="faint" style={{ margin: '0 0 18px' }}>
          <Link to="/account">{t.notice.choose}</Link>
        </p>
      )}
      {role === 'customer' && <AccountMail />}
      {role !== 'reviewer' && <StoppingPanel />}
    </Page>
  );
}

/** Where the account is told by mail is its owners' to say. */
const AccountMail = () => (
  <OwnersOnly>
    <MailPanel />
  </OwnersOnly>
);

interface NoticeLinesProps {
  readonly rows: readonly Notice[];
  /** Absent: this person may not mark anything. */
  readonly onRead: ((id: string, read: boolean) => void) | undefined;
}

function NoticeLines({ rows, onRead }: NoticeLinesProps) {
  const { t } = useText(noticeWords);
  if (rows.length === 0) return <Empty title={t.notice.empty} hint={t.notice.emptyHint} />;
  return (
    <ul className="notices" aria-label={t.notice.title}>
      {rows.map((row) => (
        <NoticeLine
          key={row.id}
          notice={row}
          {...(onRead ? { onRead: (read: boolean) => onRead(row.id, read) } : {})}
        />
      ))}
    </ul>
  );
}

const isOfRecord = (type: string): boolean =>
  type.startsWith('Correction') || type === 'RecordCancelled' || type === 'AccessEnded';

function NoticeLine({ notice, onRead }: { readonly notice: Notice; readonly onRead?: (read: boolean) => void }) {
  const { t, pick, instant } = useText(noticeWords);
  const unread = notice.readAt === null;
  return (
    <li className={unread ? 'unread' : ''}>
      <p className="wrap">{pick(notice.text)}</p>
      <div className="row faint">
        <span className="number">{instant(notice.at)}</span>
        <span>{t.notice.group[notice.group]}</span>
        {notice.resourceId && (
          <Link to={`/resources/${encodeURIComponent(notice.resourceId)}`}>{t.notice.toResource}</Link>
        )}
        {notice.filingId && <Link to={`/filings/${notice.filingId}`}>{t.notice.toFiling}</Link>}
        {notice.webhookId && <Link to={`/webhooks/${notice.webhookId}`}>{t.notice.toWebhook}</Link>}
        {notice.type.startsWith('Move') && <Link to="/moves">{t.notice.toMoves}</Link>}
        {isOfRecord(notice.type) && <Link to="/records">{t.notice.toRecords}</Link>}
        {notice.type === 'SupportAccessBegun' && <Link to="/account">{t.notice.toAccess}</Link>}
        {onRead && (
          <WriteButton size="small" type="link" style={{ padding: 0 }} onClick={() => onRead(unread)}>
            {unread ? t.notice.mark : t.notice.unmark}
          </WriteButton>
        )}
      </div>
    </li>
  );
}
