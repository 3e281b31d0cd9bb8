import { Segmented } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { AnswerOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { AccountName } from '../../parts/account-name.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { PageTurner, usePages } from '../../parts/page-turner.tsx';
import { Panel } from '../../parts/panel.tsx';
import { State } from '../../parts/state.tsx';
import { codeWords } from '../code/words.ts';
import { useSession } from '../session/session-context.tsx';
import { noticeWords } from './words.ts';

type Stopping = AnswerOf<'listStoppingCodes'>['codes'][number];

/** Those days before a code stops its account is told, as the server does it. */
const thresholds = [30, 14, 7, 1] as const;

/** The codes that stop within some days when nothing is renewed, the first to stop first. */
export function StoppingPanel() {
  const { t } = useText(noticeWords);
  const { role } = useSession();
  const [days, setDays] = useState<number>(thresholds[0]);
  const pages = usePages();
  const stopping = useAnswer('listStoppingCodes', {
    query: { days, ...(pages.start === undefined ? {} : { after: pages.start }) },
  });
  const columns = useColumns(role !== 'customer');
  return (
    <Panel
      flush
      title={t.notice.stopping}
      actions={
        <Segmented<number>
          aria-label={t.notice.withinLabel}
          value={days}
          onChange={(chosen) => {
            setDays(chosen);
            pages.restart();
          }}
          options={thresholds.map((value) => ({ value, label: t.notice.within(value) }))}
        />
      }
    >
      <p className="soft" style={{ padding: '0 20px 8px' }}>
        {t.notice.stoppingLead}
      </p>
      <Loaded query={stopping}>
        {({ codes, total, indexing, next }) => (
          <>
            <Listing
              label={t.notice.stopping}
              rows={codes}
              rowKey={(row) => row.code.id}
              columns={columns}
              empty={<p className="empty">{t.notice.stoppingEmpty(days)}</p>}
              total={total}
            />
            {indexing > 0 && (
              <p className="faint" style={{ padding: '0 20px 12px' }}>
                {t.notice.indexing}
              </p>
            )}
            <PageTurner pages={pages} next={next} />
          </>
        )}
      </Loaded>
    </Panel>
  );
}

function useColumns(withIssuer: boolean): Column<Stopping>[] {
  const { t, day } = useText(codeWords, noticeWords);
  const issuer: Column<Stopping> = {
    key: 'issuer',
    label: t.code.issuer,
    render: ({ code }) => <AccountName id={code.issuerAccountId} />,
  };
  return [
    {
      key: 'code',
      label: t.code.code,
      onCard: 'title',
      render: ({ code }) => (
        <div>
          <span className="mono">•••• {code.tail}</span>
          {code.note && <div className="faint wrap">{code.note}</div>}
        </div>
      ),
    },
    {
      key: 'daysLeft',
      label: t.notice.stopsOn,
      onCard: 'state',
      render: ({ stopsOn, daysLeft }) => (
        <div>
          <span className="number">{day(stopsOn)}</span>
          <div>
            <State tone={daysLeft <= 7 ? 'bad' : 'warn'}>{t.notice.daysLeft(daysLeft)}</State>
          </div>
        </div>
      ),
    },
    {
      key: 'resource',
      label: t.code.resource,
      render: ({ code }) => (
        <Link className="mono" to={`/resources/${encodeURIComponent(code.resourceId)}`}>
          {code.resourceId}
        </Link>
      ),
    },
    ...(withIssuer ? [issuer] : []),
    {
      key: 'grantee',
      label: t.code.grantee,
      render: ({ code }) =>
        code.granteeAccountId ? (
          <AccountName id={code.granteeAccountId} />
        ) : (
          <span className="faint">{t.code.bearer}</span>
        ),
    },
  ];
}
