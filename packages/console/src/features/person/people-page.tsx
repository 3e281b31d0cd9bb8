import { Button, Input } from 'antd';
import { useState } from 'react';
import { type AnswerOf, call, type InputOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { AccountName } from '../../parts/account-name.tsx';
import { NarrowBy, useAddressChoice } from '../../parts/address-choice.tsx';
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
const states = ['active', 'invited', 'disabled'] as const;
const roles = ['customer', 'reviewer', 'operator', 'auditor'] as const;

/** Who signs in here; operators invite, disable and help out. */
export function PeoplePage() {
  const { t } = useText(personWords);
  const { role } = useSession();
  const [search, setSearch] = useAddressText('search');
  const [ofRole] = useAddressChoice('role', roles);
  const [state] = useAddressChoice('state', states);
  const wanted = search.trim();
  const narrowed = {
    ...(wanted !== '' && { search: wanted }),
    ...(ofRole && { role: ofRole }),
    ...(state && { state }),
  };
  const pages = useAddressPages(JSON.stringify(narrowed));
  const people = useAnswer('listPeople', { query: { ...narrowed, ...pages.query } }, { keepPrevious: true });
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
      <div className="bar filters">
        <Input.Search
          allowClear
          maxLength={200}
          defaultValue={search}
          aria-label={t.person.search}
          placeholder={t.person.search}
          onSearch={setSearch}
          style={{ maxWidth: 320 }}
        />
        <Choices />
      </div>
      <Panel flush>
        <Loaded query={people}>
          {({ people: rows, next }) => (
            <Listing
              fits
              exported={readPeople(narrowed)}
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

/** Of which role and in which state. */
function Choices() {
  const { t } = useText(personWords);
  const [ofRole, setRole] = useAddressChoice('role', roles);
  const [state, setState] = useAddressChoice('state', states);
  return (
    <>
      <NarrowBy
        label={t.person.role}
        values={roles}
        textOf={(value) => t.role[value]}
        chosen={ofRole}
        onChange={setRole}
      />
      <NarrowBy
        label={t.person.state}
        values={states}
        textOf={(value) => t.person.states[value]}
        chosen={state}
        onChange={setState}
      />
    </>
  );
}

/** All that is found, page after page. */
const readPeople =
  (narrowed: NonNullable<InputOf<'listPeople'>['query']>): ReadPage<Person> =>
  async (after) => {
    const query = { ...narrowed, limit: 500, ...(after ? { after } : {}) };
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
      text: ({ displayName, login }) => `${displayName} (${login})`,
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
      render: ({ accountId }) => (accountId === null ? '—' : <AccountName id={accountId} />),
      text: ({ accountId }) => accountId,
    },
    ...useAccessColumns(onSessions),
    {
      key: 'actions',
      label: '',
      onCard: 'actions',
      render: (row) => role === 'operator' && row.id !== userId && <PersonActions person={row} />,
    },
  ];
}

/** How they sign in, and where they are signed in. */
function useAccessColumns(onSessions: (person: Person) => void): Column<Person>[] {
  const { t, instant } = useText(personWords);
  const factorsOf = ({ totp, passkeys }: Person) => {
    const factors = [...(totp ? [t.person.totp] : []), ...(passkeys > 0 ? [t.person.passkeys(passkeys)] : [])];
    return factors.length === 0 ? t.person.none : factors.join(t.app.comma);
  };
  return [
    {
      key: 'factor',
      label: t.person.factor,
      render: factorsOf,
      text: factorsOf,
    },
    {
      key: 'sessions',
      label: t.person.sessions,
      render: (row) => (
        <Button size="small" type="link" onClick={() => onSessions(row)}>
          {t.person.showSessions(row.sessions)}
        </Button>
      ),
      text: ({ sessions }) => sessions,
    },
    {
      key: 'createdAt',
      label: t.person.created,
      isExtra: true,
      render: ({ createdAt }) => <span className="number">{instant(createdAt)}</span>,
      text: ({ createdAt }) => createdAt,
    },
  ];
}
