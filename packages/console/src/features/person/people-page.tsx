import { Button, Input } from 'antd';
import { useState } from 'react';
import { type AnswerOf, call } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { useAddressPages } from '../../parts/page-turner.tsx';
import { Panel } from '../../parts/panel.tsx';
import type { ReadPage } from '../../parts/read-all.ts';
import { State, type Tone } from '../../parts/state.tsx';
import { useAddressText } from '../../parts/use-address-text.ts';
import { memberWords } from '../member/words.ts';
import { useSession } from '../session/session-context.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { PersonActions } from './person-actions.tsx';
import { PersonSessions } from './person-sessions.tsx';
import { personWords } from './words.ts';

type Person = AnswerOf<'listPeople'>['people'][number];
const tones: Readonly<Record<Person['state'], Tone>> = { invited: 'warn', active: 'good', disabled: 'quiet' };

/** Who signs in here; operators invite, disable and help out. */
export function PeoplePage() {
  const { t } = useText(personWords);
  const { role } = useSession();
  const [search, setSearch] = useAddressText('search');
  const wanted = search.trim();
  const pages = useAddressPages(wanted);
  const query = { ...pages.query, ...(wanted !== '' && { search: wanted }) };
  const people = useAnswer('listPeople', { query }, { keepPrevious: true });
  const [inviting, setInviting] = useState(false);
  const [shown, setShown] = useState<Person | null>(null);
  const columns = useColumns(setShown);
  const invite = role === 'operator' && (
    <Button type="primary" onClick={() => setInviting(true)}>
      {t.person.invite}
    </Button>
  );
  return (
    <Page title={t.person.title} lead={t.person.lead} topic="page:people" actions={invite}>
      <div className="bar">
        <Input.Search
          allowClear
          maxLength={200}
          defaultValue={search}
          aria-label={t.person.search}
          placeholder={t.person.search}
          onSearch={setSearch}
          style={{ maxWidth: 320 }}
        />
      </div>
      <Panel flush>
        <Loaded query={people}>
          {({ people: rows, next }) => (
            <Listing
              fits
              exported={readPeople(wanted)}
              name="people"
              label={t.person.title}
              rows={rows}
              rowKey={({ id }) => id}
              columns={columns}
              empty={<Empty title={t.person.empty} />}
              pages={pages}
              next={next}
            />
          )}
        </Loaded>
      </Panel>
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
      {shown && <PersonSessions person={shown} onClose={() => setShown(null)} />}
    </Page>
  );
}

/** All that the search finds, page after page. */
const readPeople =
  (search: string): ReadPage<Person> =>
  async (after) => {
    const query = { limit: 500, ...(search !== '' && { search }), ...(after ? { after } : {}) };
    const { people, next } = await call('listPeople', { query });
    return { rows: people, next };
  };

/** With the right in the account of somebody of a customer's. */
function RoleOf({ person: { role, right } }: { readonly person: Person }) {
  const { t } = useText(memberWords);
  return (
    <>
      {t.role[role]}
      {right !== null && <div className="faint">{t.right[right]}</div>}
    </>
  );
}

function useColumns(onSessions: (person: Person) => void): Column<Person>[] {
  const { t } = useText(personWords, memberWords);
  const { role, userId } = useSession();
  const textOf = ({ role: of, right }: Person) => (right ? `${t.role[of]} · ${t.right[right]}` : t.role[of]);
  return [
    {
      key: 'name',
      label: t.person.name,
      onCard: 'title',
      render: ({ displayName, login }) => (
        <div className="name-in-list">
          <strong className="wrap">{displayName}</strong>
          <div className="faint mono wrap">{login}</div>
        </div>
      ),
    },
    {
      key: 'state',
      label: t.person.state,
      onCard: 'state',
      render: ({ state }) => <State tone={tones[state]}>{t.person.states[state]}</State>,
      text: ({ state }) => t.person.states[state],
    },
    {
      key: 'role',
      label: t.person.role,
      render: (row) => <RoleOf person={row} />,
      text: textOf,
    },
    {
      key: 'account',
      label: t.person.account,
      render: ({ accountId }) => <span className="mono">{accountId ?? ''}</span>,
      text: ({ accountId }) => accountId,
    },
    {
      key: 'factor',
      label: t.person.factor,
      render: ({ totp, passkeys }) => {
        const factors = [...(totp ? [t.person.totp] : []), ...(passkeys > 0 ? [t.person.passkeys(passkeys)] : [])];
        return factors.length === 0 ? t.person.none : factors.join(t.app.comma);
      },
    },
    {
      key: 'sessions',
      label: t.person.sessions,
      render: (row) => (
        <Button size="small" type="link" onClick={() => onSessions(row)}>
          {t.person.showSessions(row.sessions)}
        </Button>
      ),
    },
    {
      key: 'actions',
      label: '',
      onCard: 'actions',
      render: (row) => role === 'operator' && row.id !== userId && <PersonActions person={row} />,
    },
  ];
}
