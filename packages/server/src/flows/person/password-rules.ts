import type { Step } from '../command/step.ts';

const shortest = 10;
const longest = 200;

/**
 * Long enough, and not among those that everybody tries first.
 * @throws Fault `input.invalid`
 */
export function requireGoodPassword(
  { deps, fault }: Pick<Step, 'deps' | 'fault'>,
  password: string,
  { login, displayName }: { readonly login: string; readonly displayName: string },
): void {
  const refuse = (expected: string, expectedZh: string) =>
    fault('input.invalid', { places: [{ path: 'body.password', expected, expectedZh }] });
  const length = [...password].length;
  if (length < shortest || length > longest) {
    throw refuse(`${shortest} to ${longest} characters`, `${shortest} 到 ${longest} 个字符`);
  }
  const bare = password.toLowerCase();
  const isOwnName = [login, displayName].some((name) => name.length >= 3 && bare.includes(name.toLowerCase()));
  if (isOwnName) throw refuse('a password without your name or login', '密码不应包含登录名或姓名');
  if (deps.people.isCommonPassword(password)) {
    throw refuse(
      'a less common password, as this one is easily guessed; a few words in a row are a good choice',
      '密码过于常见，容易被猜到；建议由多个词组成',
    );
  }
}
