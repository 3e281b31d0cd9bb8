import { noticeGroupNames } from '@openbeian/model/filing';
import { Checkbox } from 'antd';
import { Link } from 'react-router';
import { type AnswerOf, call, type InputOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { NarrowBy, useAddressChoice } from '../../parts/address-choice.tsx';
import type { Column } from '../../parts/column.ts';
import { Empty } from '../../parts/empty.tsx';
import { later } from '../../parts/later.tsx';
import type { ExportButton as Button } from '../../parts/list-tools.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { PageTurner, useAddressPages } from '../../parts/page-turner.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import type { ReadPage } from '../../parts/read-all.ts';
import { useAddressText } from '../../parts/use-address-text.ts';
import { OwnersOnly } from '../member/owners-only.tsx';
import { useSession } from '../session/session-context.tsx';
import { MailPanel } from './mail-panel.tsx';
import { StoppingPanel } from './stopping-panel.tsx';
import './notice.css';
import { WriteButton } from '../../parts/write-button.tsx';
import { noticeWords } from './words.ts';

const ExportButton = later(async () => (await import('../../parts/list-tools.tsx')).ExportButton) as typeof Button;

type Notice = AnswerOf<'listNotices'>['notices'][number];

/** What happened to filings, records and codes, and the codes that will stop. */
export function NoticesPage() {
  const { t } = useText(noticeWords);
  const { role, support } = useSession();
  const onlyUnread = useAddressText('show')[0] === 'unread';
  const [group] = useAddressChoice('group', noticeGroupNames);
  const narrowed = { unread: onlyUnread ? 'true' : 'false', ...(group && { group }) } as const;
  const pages = useAddressPages(JSON.stringify(narrowed));
  const notices = useAnswer('listNotices', { query: { ...narrowed, ...pages.query } }, { keepPrevious: true });
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
            <Filters />
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
              {rows.length > 0 && <Export narrowed={narrowed} />}
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

function Filters() {
  const { t } = useText(noticeWords);
  const [shown, setShown] = useAddressText('show');
  const [group, setGroup] = useAddressChoice('group', noticeGroupNames);
  return (
    <>
      <NarrowBy
        label={t.notice.kind}
        values={noticeGroupNames}
        textOf={(value) => t.notice.group[value]}
        chosen={group}
        onChange={setGroup}
      />
      <Checkbox checked={shown === 'unread'} onChange={(event) => setShown(event.target.checked ? 'unread' : '')}>
        {t.notice.onlyUnread}
      </Checkbox>
    </>
  );
}

/** All that is found, page after page. */
const readNotices =
  (narrowed: NonNullable<InputOf<'listNotices'>['query']>): ReadPage<Notice> =>
  async (after) => {
    const page = await call('listNotices', { query: { ...narrowed, limit: 200, ...(after ? { after } : {}) } });
    return { rows: page.notices, next: page.next };
  };

function Export({ narrowed }: { readonly narrowed: NonNullable<InputOf<'listNotices'>['query']> }) {
  const columns = useExportedColumns();
  return (
    <div className="count-line">
      <span className="push">
        <ExportButton name="notices" columns={columns} read={readNotices(narrowed)} />
      </span>
    </div>
  );
}

/** What a file has of them; on the page each is a few lines. */
function useExportedColumns(): Column<Notice>[] {
  const { t, pick } = useText(noticeWords);
  const column = (key: string, label: string, text: (notice: Notice) => string | null): Column<Notice> => ({
    key,
    label,
    render: text,
    text,
  });
  return [
    column('at', t.app.time, ({ at }) => at),
    column('group', t.notice.kind, ({ group }) => t.notice.group[group]),
    column('text', t.notice.title, ({ text }) => pick(text)),
    column('readAt', t.notice.readAt, ({ readAt }) => readAt),
    column('filing', t.notice.filing, ({ filingId }) => filingId),
    column('resource', t.notice.resource, ({ resourceId }) => resourceId),
  ];
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
