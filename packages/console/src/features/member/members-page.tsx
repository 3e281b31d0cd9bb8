import { useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { useAddressPages } from '../../parts/page-turner.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { State, type Tone } from '../../parts/state.tsx';
import { WriteButton } from '../../parts/write-button.tsx';
import { LinkShown } from '../person/link-shown.tsx';
import { useSession } from '../session/session-context.tsx';
import { InviteMemberDialog } from './invite-member-dialog.tsx';
import { RightDialog } from './right-dialog.tsx';
import { memberWords } from './words.ts';

type Member = AnswerOf<'listMembers'>['members'][number];
const tones: Readonly<Record<Member['state'], Tone>> = { invited: 'warn', active: 'good', disabled: 'quiet' };

/** Who signs in to the own account, and what each may do; owners invite, change and remove. */
export function MembersPage() {
  const { t } = useText(memberWords);
  const pages = useAddressPages();
  const members = useAnswer('listMembers', { query: pages.query });
  const [inviting, setInviting] = useState(false);
  const [changing, setChanging] = useState<Member | null>(null);
  const columns = useColumns(setChanging);
  return (
    <Page
      title={t.member.title}
      lead={t.member.lead}
      topic="page:members"
      actions={
        <WriteButton type="primary" onClick={() => setInviting(true)}>
          {t.member.invite}
        </WriteButton>
      }
    >
      <Panel flush>
        <Loaded query={members}>
          {({ members: rows, next }) => (
            <Listing
              name="members"
              label={t.member.title}
              rows={rows}
              rowKey={({ id }) => id}
              columns={columns}
              empty={<Empty title={t.member.empty} />}
              pages={pages}
              next={next}
            />
          )}
        </Loaded>
      </Panel>
      {inviting && <InviteMemberDialog onClose={() => setInviting(false)} />}
      {changing && <RightDialog member={changing} onClose={() => setChanging(null)} />}
    </Page>
  );
}

function useColumns(onChange: (member: Member) => void): Column<Member>[] {
  const { t, instant } = useText(memberWords);
  const { userId, right: own } = useSession();
  const told: Column<Member>[] = [
    { key: 'mail', label: t.member.mailShort, render: ({ mail }) => <span className="wrap">{mail ?? '—'}</span> },
    {
      key: 'lastSignIn',
      label: t.member.lastSignIn,
      render: ({ lastSignInAt }) => (
        <span className="number">{lastSignInAt === null ? '—' : instant(lastSignInAt)}</span>
      ),
    },
  ];
  return [
    {
      key: 'name',
      label: t.member.name,
      onCard: 'title',
      render: ({ id, displayName, login }) => (
        <div className="name-in-list">
          <strong className="wrap">{displayName}</strong>
          {id === userId && <span className="faint"> {t.member.self}</span>}
          <div className="faint mono wrap">{login}</div>
        </div>
      ),
    },
    {
      key: 'state',
      label: t.member.state,
      onCard: 'state',
      render: ({ state }) => <State tone={tones[state]}>{t.member.states[state]}</State>,
    },
    { key: 'right', label: t.member.rightName, render: ({ right }) => t.right[right] },
    ...(own === 'owner' ? told : []),
    {
      key: 'actions',
      label: '',
      onCard: 'actions',
      render: (row) => row.state !== 'disabled' && <MemberActions member={row} onChange={onChange} />,
    },
  ];
}

interface MemberActionsProps {
  readonly member: Member;
  readonly onChange: (member: Member) => void;
}

function MemberActions({ member, onChange }: MemberActionsProps) {
  const { t } = useText(memberWords);
  const { userId } = useSession();
  const link = useCommand('createMemberLink');
  const remove = useCommand('removeMember');
  const whom = { params: { personId: member.id }, body: {} };
  return (
    <>
      <div className="row" style={{ gap: 4 }}>
        <WriteButton size="small" onClick={() => onChange(member)}>
          {t.member.change}
        </WriteButton>
        {member.state === 'invited' && (
          <WriteButton size="small" loading={link.isPending} onClick={() => link.mutate(whom)}>
            {t.member.link}
          </WriteButton>
        )}
        {member.id !== userId && (
          <ConfirmButton
            title={t.member.removeTitle(member.displayName)}
            lead={t.member.removeLead}
            pending={remove.isPending}
            onConfirm={() => remove.mutateAsync(whom)}
          >
            {t.member.remove}
          </ConfirmButton>
        )}
      </div>
      <ProblemAlert error={link.error ?? remove.error} />
      {link.data && <LinkShown link={link.data.link} onClose={link.reset} />}
    </>
  );
}
