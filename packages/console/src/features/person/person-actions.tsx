import { Button, Select } from 'antd';
import { useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { RightDialog } from '../member/right-dialog.tsx';
import { memberWords } from '../member/words.ts';
import { LinkShown } from './link-shown.tsx';
import { personWords } from './words.ts';

type Person = AnswerOf<'listPeople'>['people'][number];
const staff = ['reviewer', 'operator', 'auditor'] as const;

/** What an operator does to somebody else. */
export function PersonActions({ person }: { readonly person: Person }) {
  const { t } = useText(personWords);
  const link = useCommand('createPersonLink');
  const disable = useCommand('disablePerson');
  const enable = useCommand('enablePerson');
  const remove = useCommand('deletePerson');
  const reset = useCommand('resetSecondFactor');
  const whom = { params: { personId: person.id }, body: {} };
  const isHere = person.signsInBy === 'here';
  const { displayName } = person;
  const errors = [link, disable, enable, remove, reset].map(({ error }) => error);
  return (
    <>
      <div className="row" style={{ gap: 4 }}>
        {isHere && person.role !== 'customer' && <RoleChoice person={person} />}
        <RightChange person={person} />
        {isHere && person.state !== 'disabled' && (
          <Button size="small" loading={link.isPending} onClick={() => link.mutate(whom)}>
            {t.person.link}
          </Button>
        )}
        {isHere && person.state === 'active' && <Unlock person={person} />}
        {(person.totp || person.passkeys > 0) && (
          <ConfirmButton
            title={t.person.resetTitle(displayName)}
            lead={t.person.resetLead}
            pending={reset.isPending}
            onConfirm={() => reset.mutateAsync(whom)}
          >
            {t.person.reset}
          </ConfirmButton>
        )}
        {person.state === 'disabled' ? (
          <Button size="small" loading={enable.isPending} onClick={() => enable.mutate(whom)}>
            {t.person.enable}
          </Button>
        ) : (
          <ConfirmButton
            title={t.person.disableTitle(displayName)}
            lead={t.person.disableLead}
            pending={disable.isPending}
            onConfirm={() => disable.mutateAsync(whom)}
          >
            {t.person.disable}
          </ConfirmButton>
        )}
        <ConfirmButton
          title={t.person.removeTitle(displayName)}
          lead={t.person.removeLead}
          pending={remove.isPending}
          onConfirm={() => remove.mutateAsync(whom)}
        >
          {t.person.remove}
        </ConfirmButton>
      </div>
      <ProblemAlert error={errors.find((error) => error !== null) ?? null} />
      {link.data && <LinkShown link={link.data.link} onClose={link.reset} />}
    </>
  );
}

/** Of somebody of a customer's account. */
function RightChange({ person: { right, ...person } }: { readonly person: Person }) {
  const { t } = useText(memberWords);
  const [changing, setChanging] = useState(false);
  if (right === null || person.state === 'disabled') return null;
  return (
    <>
      <Button size="small" onClick={() => setChanging(true)}>
        {t.member.change}
      </Button>
      {changing && <RightDialog member={{ ...person, right }} onClose={() => setChanging(false)} />}
    </>
  );
}

function Unlock({ person }: { readonly person: Person }) {
  const { t } = useText(personWords);
  const unlock = useCommand('unlockPerson');
  return (
    <>
      <ConfirmButton
        title={t.person.unlockTitle(person.displayName)}
        danger={false}
        lead={t.person.unlockLead}
        pending={unlock.isPending}
        onConfirm={() => unlock.mutateAsync({ params: { personId: person.id }, body: {} })}
      >
        {t.person.unlock}
      </ConfirmButton>
      <ProblemAlert error={unlock.error} />
      {unlock.data && <LinkShown link={unlock.data.link} onClose={unlock.reset} />}
    </>
  );
}

function RoleChoice({ person }: { readonly person: Person }) {
  const { t } = useText(personWords);
  const role = useCommand('changePersonRole');
  return (
    <>
      <Select
        size="small"
        aria-label={t.person.changeRole}
        value={person.role}
        loading={role.isPending}
        options={staff.map((value) => ({ value, label: t.role[value] }))}
        onChange={(chosen) => {
          const known = staff.find((one) => one === chosen);
          if (known) role.mutate({ params: { personId: person.id }, body: { role: known } });
        }}
      />
      <ProblemAlert error={role.error} />
    </>
  );
}
