import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { passwordHash } from '@openbeian/authority-wire/v3';
import { expect, test } from 'vitest';
import { isRefused, Sessions } from './session.ts';
import { defaultInterfaceUnit as unit } from './units.ts';

setFlagsFromString('--expose-gc');
// What the flag adds takes no arguments and answers nothing.
const gc = runInNewContext('gc') as () => void;
const megabyte = 1_000_000;

function open(sessions: Sessions, randVal: string): number | null {
  const given = { ispId: String(unit.ispId), userName: unit.userName, randVal, hashAlgorithm: '0' };
  const parameters = new Map(Object.entries({ ...given, pwdHash: passwordHash(unit.password, randVal) }));
  const session = sessions.open(parameters, '440000');
  return isRefused(session) ? session.code : null;
}

test('texts of any length are known again, and are not kept themselves', () => {
  const sessions = new Sessions([unit]);
  const randVal = (n: number) => `${n}${'r'.repeat(megabyte)}`;
  gc();
  const before = process.memoryUsage().heapUsed;
  for (let n = 0; n < 60; n += 1) expect(open(sessions, randVal(n))).toBeNull();
  gc();
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(20 * megabyte);
  expect(open(sessions, randVal(0))).toBe(12);
});
