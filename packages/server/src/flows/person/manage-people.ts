import { z } from 'zod';
import type { LinkPurpose, MemberRight, PeopleFilter, PersonRole, PersonRow } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import { type CommandRequest, onceForKeyPresenting } from '../command/once-for-key.ts';
import { command, commandInParts, query } from '../command/operation.ts';
import { type ListOrder, type PageInput, pageOf } from '../command/page.ts';
import type { Step } from '../command/step.ts';
import { failureKeysOf } from './failures.ts';
import { type PersonView, personViewOf, requirePerson, sealMail, sessionViewOf } from './person-view.ts';
import { endAccessOf, mailOrMakeLink, requireJust } from './ways-in.ts';

const byLogin: ListOrder<PersonRow> = {
  name: 'people',
  columns: ['text'],
  positionOf: ({ login }) => [login],
};

export const listPeople = query(
  { id: 'listPeople', faults: [] },
  async ({ deps, tx }: Step, { search, role, state, ...input }: PeopleFilter & PageInput) => {
    const at = deps.people.wall.now();
    const { rows, next } = await pageOf(byLogin, input, (page) => tx.people.list({ search, role, state, at, ...page }));
    return { people: rows.map((row) => personViewOf(row, deps)), next };
  },
);

interface Invitation {
  readonly login: string;
  readonly displayName: string;
  readonly role: PersonRole;
  readonly accountId: string | null;
  /** In the account; an owner unless said. */
  readonly right?: MemberRight;
  readonly mail: string | null;
}

/** Null in the answer to a repetition, and where the link went by mail. */
interface WithLink {
  readonly person: PersonView;
  readonly link: string | null;
}

/**
 * Makes somebody who sets the password by link: by mail where there is an address and a mail server, else shown to the
 * inviter once. Nobody ever types another's password.
 */
export const invitePerson = commandInParts(
  { id: 'invitePerson', faults: ['person.login_taken'] },
  (request: CommandRequest<'person.login_taken'>, input: Invitation): Promise<WithLink> => {
    let link: string | null = null;
    return onceForKeyPresenting(
      request,
      input,
      async (step) => {
        const { deps, tx, fault } = step;
        await requireAccount(step, input);
        const id = deps.ids.next('usr');
        const { displayName, role, accountId, right = 'owner', mail } = input;
        const login = input.login.toLowerCase();
        const row = { id, login, displayName, role, accountId, right, sealedMail: sealMail(deps, id, mail) };
        if (!(await tx.people.insert(row, deps.people.wall.now()))) throw fault('person.login_taken');
        await recordAudit(
          step,
          'PersonInvited',
          { kind: 'person', id },
          role === 'customer' ? { role, accountId, right } : { role, accountId },
        );
        link = await mailOrMakeLink(step, await requireJust(step, id), 'invitation');
        return { id };
      },
      {
        stored: z.object({ id: z.string() }),
        present: async (step, { id }) => ({ person: personViewOf(await requireJust(step, id), step.deps), link }),
      },
    );
  },
);

async function requireAccount({ tx, fault }: Step, { role, accountId }: Invitation): Promise<void> {
  const isKnown = accountId !== null && (await tx.accounts.find(accountId)) !== null;
  if (role === 'customer' ? isKnown : accountId === null) return;
  const place = {
    path: 'body.accountId',
    expected: 'an account for a customer, none for the other roles',
    expectedZh: '客户须填写已有的账号，其他角色不填',
  };
  throw fault('input.invalid', { places: [place] });
}

type OtherFaults = 'object.not_found' | 'person.own_account';
const otherFaults = ['object.not_found', 'person.own_account'] as const;

/** A person other than the caller. */
async function requireOther(step: Step<OtherFaults>, personId: string): Promise<PersonRow> {
  const person = await requirePerson(step, personId);
  if (person.id === step.actor.userId) throw step.fault('person.own_account');
  return person;
}

type LinkFaults = OtherFaults | 'object.changed';

interface LinkCommand {
  readonly id: 'createPersonLink' | 'unlockPerson';
  /** People of another sign-in have no password here, and get none. */
  readonly mayHave: (person: PersonRow) => boolean;
  /** What else is done. @returns what the link is for */
  readonly prepare: (step: Step<LinkFaults>, person: PersonRow) => LinkPurpose | Promise<LinkPurpose>;
}

/** A link for another person who is not disabled: mailed, or shown once, to whoever asked first. */
const linkCommand = ({ id, mayHave, prepare }: LinkCommand) =>
  commandInParts(
    { id, faults: [...otherFaults, 'object.changed'] },
    (request: CommandRequest<LinkFaults>, { personId }: PersonInput): Promise<WithLink> => {
      let link: string | null = null;
      return onceForKeyPresenting(
        request,
        { personId },
        async (step) => {
          const person = await requireOther(step, personId);
          if (!mayHave(person) || person.disabledAt !== null) throw step.fault('object.changed');
          link = await mailOrMakeLink(step, person, await prepare(step, person));
          return {};
        },
        {
          stored: z.object({}),
          present: async (step) => ({ person: personViewOf(await requirePerson(step, personId), step.deps), link }),
        },
      );
    },
  );

/** A link to set a password, for somebody who lost it or whose invitation ran out. */
export const createPersonLink = linkCommand({
  id: 'createPersonLink',
  mayHave: ({ signsInBy }) => signsInBy === 'here',
  prepare: (_step, { hasPassword }) => (hasPassword ? 'reset' : 'invitation'),
});

/**
 * For somebody whom others' failed attempts keep out: the failures of this login are forgotten, and a link makes the
 * person's browser known, in which no failures of others count. The password stays as it is.
 */
export const unlockPerson = linkCommand({
  id: 'unlockPerson',
  mayHave: ({ hasPassword }) => hasPassword,
  async prepare(step, person): Promise<LinkPurpose> {
    const { login } = failureKeysOf(step.deps, { address: '', login: person.login });
    await step.tx.signIns.forgetFailures([login]);
    await recordAudit(step, 'SignInUnlocked', { kind: 'person', id: person.id });
    return 'unlock';
  },
});

interface PersonInput {
  readonly personId: string;
}

type ManageFaults = OtherFaults | 'person.last_operator' | 'object.changed';
const manageFaults = [...otherFaults, 'person.last_operator', 'object.changed'] as const;

/** @throws Fault `person.last_operator` when nobody could administer people without this one */
async function requireOtherOperator(
  step: Step<'person.last_operator'>,
  { id, role, disabledAt }: PersonRow,
): Promise<void> {
  if (role !== 'operator' || disabledAt !== null) return;
  if ((await step.tx.people.countOtherOperators(id)) === 0) throw step.fault('person.last_operator');
}

const after = async (step: Step<'object.not_found'>, id: string): Promise<PersonView> =>
  personViewOf(await requirePerson(step, id), step.deps);

/** Among staff; sessions end, so that nothing goes on under the former role. */
export const changePersonRole = command(
  { id: 'changePersonRole', faults: manageFaults },
  async (step: Step<ManageFaults>, { personId, role }: PersonInput & { readonly role: PersonRole }) => {
    const { deps, tx, fault } = step;
    const person = await requireOther(step, personId);
    if (person.role === 'customer' || person.signsInBy !== 'here') throw fault('object.changed');
    if (role !== 'operator') await requireOtherOperator(step, person);
    await tx.people.update(person.id, { role }, deps.people.wall.now());
    await tx.signIns.endSessions(person.id, null);
    await recordAudit(step, 'PersonRoleChanged', { kind: 'person', id: person.id }, { from: person.role, to: role });
    return after(step, person.id);
  },
);

export const disablePerson = command(
  { id: 'disablePerson', faults: manageFaults },
  async (step: Step<ManageFaults>, { personId }: PersonInput) => {
    const { deps, tx, fault } = step;
    const person = await requireOther(step, personId);
    await requireOtherOperator(step, person);
    const now = deps.people.wall.now();
    if (!(await tx.people.setDisabled(person.id, now, now))) throw fault('object.changed');
    await recordAudit(step, 'PersonDisabled', { kind: 'person', id: person.id }, await endAccessOf(step, person));
    return after(step, person.id);
  },
);

export const enablePerson = command(
  { id: 'enablePerson', faults: [...otherFaults, 'object.changed'] },
  async (step: Step<OtherFaults | 'object.changed'>, { personId }: PersonInput) => {
    const { deps, tx, fault } = step;
    const person = await requireOther(step, personId);
    if (!(await tx.people.setDisabled(person.id, null, deps.people.wall.now()))) throw fault('object.changed');
    await recordAudit(step, 'PersonEnabled', { kind: 'person', id: person.id });
    return after(step, person.id);
  },
);

/** Name, login, address and factors go; audit rows keep the id. */
export const deletePerson = command(
  { id: 'deletePerson', faults: [...otherFaults, 'person.last_operator'] },
  async (step: Step<OtherFaults | 'person.last_operator'>, { personId }: PersonInput) => {
    const { tx } = step;
    const person = await requireOther(step, personId);
    await requireOtherOperator(step, person);
    const ended = await endAccessOf(step, person);
    // Another request may have been faster.
    if (!(await tx.people.delete(person.id))) throw step.fault('object.not_found');
    await recordAudit(step, 'PersonDeleted', { kind: 'person', id: person.id }, { role: person.role, ...ended });
    return { deleted: true as const };
  },
);

/** For somebody who lost phone and recovery codes; sessions end, and the policy may require a new factor. */
export const resetSecondFactor = command(
  { id: 'resetSecondFactor', faults: otherFaults },
  async (step: Step<OtherFaults>, { personId }: PersonInput) => {
    const { tx } = step;
    const { id } = await requireOther(step, personId);
    const totp = await tx.secondFactors.deleteTotp(id);
    await tx.secondFactors.putRecoveryCodes(id, []);
    const passkeys = await tx.secondFactors.deleteAllPasskeys(id);
    const sessions = await tx.signIns.endSessions(id, null);
    await recordAudit(step, 'SecondFactorReset', { kind: 'person', id }, { totp, passkeys, sessions });
    return after(step, id);
  },
);

export const listPersonSessions = query(
  { id: 'listPersonSessions', faults: ['object.not_found'] },
  async (step: Step<'object.not_found'>, { personId }: PersonInput) => {
    const { id } = await requirePerson(step, personId);
    const rows = await step.tx.signIns.listSessions(id, step.deps.people.wall.now());
    const own = step.actor.source?.sessionId ?? null;
    return { sessions: rows.map((row) => sessionViewOf(row, own)) };
  },
);

export const endPersonSession = command(
  { id: 'endPersonSession', faults: ['object.not_found'] },
  async (step: Step<'object.not_found'>, { personId, sessionId }: PersonInput & { readonly sessionId: string }) => {
    const { id } = await requirePerson(step, personId);
    if (!(await step.tx.signIns.endSession(id, sessionId))) throw step.fault('object.not_found');
    await recordAudit(step, 'SessionsEnded', { kind: 'person', id }, { ended: 1, by: 'operator', session: sessionId });
    return { ended: 1 };
  },
);

export const endPersonSessions = command(
  { id: 'endPersonSessions', faults: ['object.not_found'] },
  async (step: Step<'object.not_found'>, { personId }: PersonInput) => {
    const { id } = await requirePerson(step, personId);
    const ended = await step.tx.signIns.endSessions(id, null);
    await recordAudit(step, 'SessionsEnded', { kind: 'person', id }, { ended, by: 'operator' });
    return { ended };
  },
);
