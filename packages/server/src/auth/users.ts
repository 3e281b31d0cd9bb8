import { Fault, type FaultPlace } from '@openbeian/model/fault';
import type { Library } from './library.ts';
import { isCommonPassword } from './passwords/common-passwords.ts';
import { type Role, roles } from './roles.ts';

export interface NewUser {
  /** 2 to 50 of a-z, 0-9, `.`, `-`, `_`; case does not count. */
  readonly login: string;
  /** 10 to 200 characters. */
  readonly password: string;
  readonly displayName: string;
  readonly role: Role;
  /** A customer's account, which must exist; null for everybody else. */
  readonly accountId: string | null;
}

/**
 * Makes a user with a password, or finishes one whose making was cut off: for the sample and for tests. People of a real
 * deployment are invited and set their passwords themselves.
 * @returns false when the login exists already; nothing is changed then, not even the password.
 * @throws Fault `input.invalid`
 */
export async function createUser(library: Library, user: NewUser): Promise<boolean> {
  refuseBad(user);
  const { internalAdapter, adapter, password } = await library.$context;
  const login = user.login.toLowerCase();
  const where = [{ field: 'username', value: login }];
  const found = await adapter.findOne<{ id: string }>({ model: 'user', where });
  const id = found?.id ?? (await insertUser());
  if (found && (await internalAdapter.findCredentialAccount(id))) return false;
  const hash = await password.hash(user.password);
  await internalAdapter.createAccount({ userId: id, accountId: id, providerId: 'credential', password: hash });
  return true;

  async function insertUser(): Promise<string> {
    const { displayName: name, role, accountId } = user;
    // The library requires an address; it never sends to it.
    const email = `${login}@users.invalid`;
    const made = await internalAdapter.createUser(
      {
        name,
        email,
        username: login,
        role,
        accountId,
        emailVerified: true,
      },
      { method: 'admin' },
    );
    return made.id;
  }
}

function refuseBad(user: NewUser): void {
  const places: FaultPlace[] = passwordPlaces(user.password);
  if (!/^[a-z0-9][a-z0-9._-]{1,49}$/i.test(user.login)) {
    places.push({
      path: 'login',
      expected: '2 to 50 of a-z, 0-9, ., - and _, beginning with a letter or digit',
      expectedZh: '2 到 50 个字母、数字、点、连字符或下划线，以字母或数字开头',
    });
  }
  if (user.displayName.trim() === '') {
    places.push({ path: 'displayName', expected: 'a name to show', expectedZh: '显示名称' });
  }
  if (!roles.includes(user.role)) {
    const list = roles.join(', ');
    places.push({ path: 'role', expected: `one of ${list}`, expectedZh: `以下之一：${list}` });
  }
  if ((user.role === 'customer') !== (user.accountId !== null)) {
    places.push({
      path: 'accountId',
      expected: 'an account for a customer, none for the other roles',
      expectedZh: '客户必须有账号，其他角色不能有账号',
    });
  }
  refusePlaces(places);
}

function passwordPlaces(password: string): FaultPlace[] {
  const isLongEnough = password.length >= 10 && password.length <= 200;
  if (!isLongEnough) return [{ path: 'password', expected: '10 to 200 characters', expectedZh: '10 到 200 个字符' }];
  if (!isCommonPassword(password)) return [];
  return [
    {
      path: 'password',
      expected: 'a less common password, as this one is easily guessed; a few words in a row are a good choice',
      expectedZh: '密码过于常见，容易被猜到；建议由多个词组成',
    },
  ];
}

function refusePlaces(places: readonly FaultPlace[]): void {
  if (places.length > 0) throw new Fault('input.invalid', { places });
}
