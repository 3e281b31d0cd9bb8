import { Popover } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import type { Code } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { AccountName } from '../../parts/account-name.tsx';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { useAddressPages } from '../../parts/page-turner.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { State } from '../../parts/state.tsx';
import { WriteButton } from '../../parts/write-button.tsx';
import { filingWords } from '../filing/words.ts';
import { ResourceReasons } from '../resource/resource-reasons.tsx';
import { resourceWords } from '../resource/words.ts';
import { useSession } from '../session/session-context.tsx';
import { ClippedNote } from './clipped-note.tsx';
import type { CodeQuery } from './code-filter.ts';
import { codeActions, codeTone } from './code-state.ts';
import { GrantDialog } from './grant-dialog.tsx';
import { RepointDialog } from './repoint-dialog.tsx';
import { RevealDialog } from './reveal-dialog.tsx';
import { codeWords } from './words.ts';

interface CodeListProps {
  /** With another one the list begins again at its first page: give it a `key`. */
  readonly query: CodeQuery;
  readonly empty: ReactNode;
  /** A column for the resource. */
  readonly withResource?: boolean;
}

const dialogs = { grant: GrantDialog, repoint: RepointDialog, reveal: RevealDialog } as const;
type Open = { readonly dialog: keyof typeof dialogs; readonly code: Code } | null;

/** Rows on one page, which the list shows whole. */
const pageSize = 50;

/** Codes with their states and everything that may be done with them. */
export function CodeList({ query, empty, withResource = true }: CodeListProps) {
  const { t } = useText(codeWords);
  const { role } = useSession();
  const pages = useAddressPages(JSON.stringify(query));
  const after = pages.start;
  const codes = useAnswer('listCodes', {
    query: { ...query, limit: pageSize, ...(after === undefined ? {} : { after }) },
  });
  const { state, ...counted } = query;
  const counts = useAnswer('countCodes', { query: counted }, { enabled: role === 'customer' });
  const total = counts.data === undefined ? null : state === undefined ? counts.data.total : counts.data.states[state];
  const [open, setOpen] = useState<Open>(null);
  const Dialog = open && dialogs[open.dialog];
  const columns = useColumns(query.side ?? 'issued', withResource, setOpen);
  return (
    <>
      <Loaded query={codes}>
        {({ codes: rows, next }) => (
          <Listing
            name="codes"
            label={t.code.title}
            rows={rows}
            rowKey={(row) => row.id}
            columns={columns}
            empty={empty}
            total={total}
            pages={pages}
            next={next}
          />
        )}
      </Loaded>
      {open && Dialog && <Dialog code={open.code} onClose={() => setOpen(null)} />}
    </>
  );
}

function useColumns(side: 'issued' | 'granted', withResource: boolean, onOpen: (open: Open) => void): Column<Code>[] {
  const { t, day, instant } = useText(codeWords);
  const resource: Column<Code> = {
    key: 'resource',
    label: t.code.resource,
    render: (row) =>
      side === 'issued' ? (
        <Link className="mono" to={`/resources/${encodeURIComponent(row.resourceId)}`}>
          {row.resourceId}
        </Link>
      ) : (
        <span className="mono">{row.resourceId}</span>
      ),
  };
  const account: Column<Code> =
    side === 'issued'
      ? {
          key: 'grantee',
          label: t.code.grantee,
          render: (row) =>
            row.granteeAccountId ? (
              <AccountName id={row.granteeAccountId} />
            ) : (
              <span className="faint">{t.code.bearer}</span>
            ),
        }
      : { key: 'issuer', label: t.code.issuer, render: (row) => <AccountName id={row.issuerAccountId} /> };
  return [
    {
      key: 'code',
      label: t.code.code,
      onCard: 'title',
      render: (row) => <CodeName code={row} />,
    },
    { key: 'state', label: t.code.state, onCard: 'state', render: (row) => <CodeState code={row} /> },
    ...(withResource ? [resource] : []),
    account,
    {
      key: 'usableUntil',
      label: t.code.usableUntil,
      render: (row) => (
        <div className="number">
          {day(row.usableUntil)}
          <div className="faint">{t.code.issuedOn(instant(row.issuedAt))}</div>
        </div>
      ),
    },
    { key: 'actions', label: '', onCard: 'actions', render: (row) => <CodeButtons code={row} onOpen={onOpen} /> },
  ];
}

/** Its last characters, and the beginning of its note. */
function CodeName({ code }: { readonly code: Code }) {
  return (
    <div>
      <span className="mono" title={code.id}>
        •••• {code.tail}
      </span>
      {code.note && (
        <div className="faint">
          <ClippedNote note={code.note} />
        </div>
      )}
    </div>
  );
}

/** The state; when suspended, all reasons are one click away. */
function CodeState({ code }: { readonly code: Code }) {
  const { t } = useText(codeWords, resourceWords);
  const state = <State tone={codeTone[code.state]}>{t.code.states[code.state]}</State>;
  if (code.reasons.length === 0) return state;
  return (
    <div>
      {state}
      <div>
        <Popover
          trigger="click"
          title={t.code.whySuspended}
          content={
            <div style={{ width: 320, maxWidth: '80vw' }}>
              <ResourceReasons
                reasons={code.reasons}
                about={{ id: code.resourceId, accountId: code.issuerAccountId }}
              />
            </div>
          }
        >
          <button type="button" className="help-link faint">
            {t.resource.reasonsCount(code.reasons.length)}
          </button>
        </Popover>
      </div>
    </div>
  );
}

function CodeButtons({ code, onOpen }: { readonly code: Code; readonly onOpen: (open: Open) => void }) {
  const { t } = useText(codeWords, filingWords);
  const { accountId, role } = useSession();
  const may = codeActions(code, accountId);
  const revoke = useCommand('revokeCode');
  return (
    <>
      <div className="row" style={{ gap: 4, maxWidth: 300 }}>
        {may.grant && (
          <WriteButton size="small" onClick={() => onOpen({ dialog: 'grant', code })}>
            {code.granteeAccountId ? t.code.regrant : t.code.grant}
          </WriteButton>
        )}
        {may.file && (
          <WriteButton size="small" to="/filings/new">
            {t.filing.start}
          </WriteButton>
        )}
        {may.repoint && (
          <WriteButton size="small" type="text" onClick={() => onOpen({ dialog: 'repoint', code })}>
            {t.code.repoint}
          </WriteButton>
        )}
        {may.reveal && (
          <WriteButton size="small" type="text" onClick={() => onOpen({ dialog: 'reveal', code })}>
            {t.code.reveal}
          </WriteButton>
        )}
        {may.revoke && (
          <ConfirmButton
            title={t.code.revokeTitle}
            lead={t.code.revokeLead}
            pending={revoke.isPending}
            onConfirm={() => revoke.mutateAsync({ params: { codeId: code.id } })}
          >
            {t.code.revoke}
          </ConfirmButton>
        )}
        {code.boundFilingId && (role !== 'customer' || code.granteeAccountId === accountId) && (
          <Link to={`/filings/${code.boundFilingId}`}>{t.code.openFiling}</Link>
        )}
      </div>
      <ProblemAlert error={revoke.error} />
    </>
  );
}
