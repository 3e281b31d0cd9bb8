import { z } from 'zod';
import type { LockedOwner, MemberRight, PersonRow } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import { type CommandRequest, onceForKeyPresenting } from '../command/once-for-key.ts';
import { command, commandInParts, query } from '../command/operation.ts';
import { type ListOrder, type PageInput, pageOf } from '../command/page.ts';
import { ownAccount, requireVisible } from '../command/permission.ts';
import type { Step } from '../command/step.ts';
import { personViewOf, sealMail } from './person-view.ts';
import { endAccessOf, mailOrMakeLink, requireJust } from './ways-in.ts';

/** What people of an account see of each other; addresses and sign-ins are for its owners and operators. */
interface MemberView {
  readonly id: string;
  readonly login: string;
  readonly displayName: string;
  readonly right: MemberRight;
  readonly state: 'invited' | 'active' | 'disabled';
  readonly signsInBy: PersonRow['signsInBy'];
  readonly mail: string | null;
  readonly lastSignInAt: string | null;
  readonly createdAt: string;
}

function memberViewOf({ deps, actor }: Pick<Step, 'deps' | 'actor'>, row: PersonRow): MemberView {
  const { id, login, displayName, state, signsInBy, mail, createdAt } = personViewOf(row, deps);
  const isTold = actor.role === 'operator' || (actor.right === 'owner' && actor.support !== true);
  const { right, lastSignInAt } = row;
  const told = isTold ? { mail, lastSignInAt } : { mail: null, lastSignInAt: null };
  return { id, login, displayName, right, state, signsInBy, createdAt, ...told };
}

const byLogin: ListOrder<PersonRow> = { name: 'members', columns: ['text'], positionOf: ({ login }) => [login] };

export const listMembers = query({ id: 'listMembers', faults: [] }, async (step: Step, input: PageInput) => {
  const { deps, tx, actor } = step;
  const [accountId, at] = [ownAccount(actor), deps.people.wall.now()];
  const { rows, next } = await pageOf(byLogin, input, (page) => tx.people.listMembers({ accountId, at, ...page }));
  return { members: rows.map((row) => memberViewOf(step, row)), next };
});

/** More than any account needs, those who were removed among them; each invitation may be a mail to a stranger. */
const mostMembers = 200;

interface Invitation {
  readonly login: string;
  readonly displayName: string;
  readonly right: MemberRight;
  readonly mail: string | null;
}

interface WithLink {
  readonly member: MemberView;
  /** Null in the answer to a repetition, and where the link went by mail. */
  readonly link: string | null;
}

/** Makes somebody of the caller's own account, who sets the password by link; see `invitePerson`. */
export const inviteMember = commandInParts(
  { id: 'inviteMember', faults: ['auth.right_missing', 'person.login_taken'] },
  (request: CommandRequest<'auth.right_missing' | 'person.login_taken'>, input: Invitation): Promise<WithLink> => {
    let link: string | null = null;
    return onceForKeyPresenting(
      request,
      input,
      async (step) => {
        const { deps, tx, actor, fault } = step;
        const accountId = ownAccount(actor);
        await lockAsOwner(step, accountId);
        await requireRoom(step, accountId);
        const id = deps.ids.next('usr');
        const { displayName, right, mail } = input;
        const login = input.login.toLowerCase();
        const person = { id, login, displayName, role: 'customer' as const, accountId, right };
        const row = { ...person, sealedMail: sealMail(deps, id, mail) };
        if (!(await tx.people.insert(row, deps.people.wall.now()))) throw fault('person.login_taken');
        await recordAudit(step, 'PersonInvited', { kind: 'person', id }, { role: 'customer', accountId, right });
        link = await mailOrMakeLink(step, await requireJust(step, id), 'invitation');
        return { id };
      },
      {
        stored: z.object({ id: z.string() }),
        present: async (step, { id }) => ({ member: memberViewOf(step, await requireJust(step, id)), link }),
      },
    );
  },
);

async function requireRoom({ tx, fault }: Step, accountId: string): Promise<void> {
  if ((await tx.people.countMembers(accountId)) < mostMembers) return;
  const expected = `an account with fewer than ${mostMembers} people: an operator can delete those who were removed`;
  const expectedZh = `一个账号最多 ${mostMembers} 名成员（含已移除的），可由运营人员删除已移除的成员`;
  throw fault('input.invalid', { places: [{ path: 'body.login', expected, expectedZh }] });
}

interface MemberInput {
  readonly personId: string;
}

/** Somebody of the caller's account; operators change people of every account. */
async function requireMember(step: Step<'object.not_found'>, personId: string) {
  const found = await step.tx.people.find(personId, step.deps.people.wall.now());
  const person = requireVisible(step, found?.role === 'customer' ? found : null, (row) => [row.accountId]);
  const { accountId } = person;
  if (accountId === null) throw step.fault('object.not_found');
  return { ...person, accountId };
}

/**
 * The account's owners, locked: who else changes something among them waits. Read what is decided by after this.
 * @throws Fault `auth.right_missing` for a caller who meanwhile is no owner any more
 */
async function lockAsOwner(step: Step<'auth.right_missing'>, accountId: string): Promise<readonly LockedOwner[]> {
  const { tx, actor, fault } = step;
  const owners = await tx.people.lockOwners(accountId);
  if (actor.role === 'customer' && !owners.some(({ id }) => id === actor.userId)) throw fault('auth.right_missing');
  return owners;
}

type LinkFaults = 'auth.right_missing' | 'object.not_found' | 'object.changed';

/** Another link for somebody who has not followed the first one: nobody makes links to set the password of who has one. */
export const createMemberLink = commandInParts(
  { id: 'createMemberLink', faults: ['auth.right_missing', 'object.not_found', 'object.changed'] },
  (request: CommandRequest<LinkFaults>, { personId }: MemberInput): Promise<WithLink> => {
    let link: string | null = null;
    return onceForKeyPresenting(
      request,
      { personId },
      async (step) => {
        await lockAsOwner(step, ownAccount(step.actor));
        const member = await requireMember(step, personId);
        const isInvited = member.signsInBy === 'here' && !member.hasPassword && member.disabledAt === null;
        if (!isInvited) throw step.fault('object.changed');
        link = await mailOrMakeLink(step, member, 'invitation');
        return {};
      },
      {
        stored: z.object({}),
        present: async (step) => ({ member: memberViewOf(step, await requireMember(step, personId)), link }),
      },
    );
  },
);

type RightFaults = LinkFaults | 'account.last_owner';

/** Of oneself, too, as long as another owner who can sign in is left. */
export const changeMemberRight = command(
  {
    id: 'changeMemberRight',
    faults: ['auth.right_missing', 'object.not_found', 'object.changed', 'account.last_owner'],
  },
  async (step: Step<RightFaults>, { personId, right }: MemberInput & { readonly right: MemberRight }) => {
    const { deps, tx, fault } = step;
    const { accountId } = await requireMember(step, personId);
    const owners = await lockAsOwner(step, accountId);
    const member = await requireMember(step, personId);
    const { right: from } = member;
    if (member.disabledAt !== null || from === right) throw fault('object.changed');
    const isAnotherLeft = owners.some(({ id, canSignIn }) => id !== personId && canSignIn);
    if (from === 'owner' && !isAnotherLeft) throw fault('account.last_owner');
    await tx.people.update(personId, { right }, deps.people.wall.now());
    // Its keys could do what a viewer may not.
    const apiKeys = right === 'viewer' ? (await tx.people.revokeKeysOf(personId, deps.clock.now())).length : 0;
    const about = { accountId, from, to: right, apiKeys };
    await recordAudit(step, 'MemberRightChanged', { kind: 'person', id: personId }, about);
    return memberViewOf(step, await requireMember(step, personId));
  },
);

type RemoveFaults = LinkFaults | 'person.own_account';

/** Nobody removes themselves, so an owner is always left: the caller. Operators enable or delete who was removed. */
export const removeMember = command(
  { id: 'removeMember', faults: ['auth.right_missing', 'object.not_found', 'object.changed', 'person.own_account'] },
  async (step: Step<RemoveFaults>, { personId }: MemberInput) => {
    const { deps, tx, actor, fault } = step;
    if (personId === actor.userId) throw fault('person.own_account');
    await lockAsOwner(step, ownAccount(actor));
    const member = await requireMember(step, personId);
    const now = deps.people.wall.now();
    if (!(await tx.people.setDisabled(personId, now, now))) throw fault('object.changed');
    const { accountId } = member;
    const ended = await endAccessOf(step, member);
    await recordAudit(step, 'PersonDisabled', { kind: 'person', id: personId }, { accountId, ...ended });
    return memberViewOf(step, await requireMember(step, personId));
  },
);
