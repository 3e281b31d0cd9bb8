import { createHash, timingSafeEqual } from 'node:crypto';
import { passwordHash } from '@openbeian/authority-wire/v3';
import type { Line } from '../core/words.ts';
import type { Mistake } from './call-log.ts';
import type { InterfaceUnit } from './units.ts';

/** What the simulator answers, before it is an answer of an operation. */
export interface Refused {
  readonly code: number;
  readonly msg: string;
  readonly mistake: Mistake | null;
  readonly detail?: string;
}

export type Parameters = ReadonlyMap<string, string>;

/** So many texts are remembered for each unit. */
const mostRemembered = 100_000;
const leastRandVal = 20;

/** Who may call: units, their passwords, and the `randVal`s that they have used. */
export class Sessions {
  readonly #units: readonly InterfaceUnit[];
  readonly #used = new Map<number, Set<string>>();

  constructor(units: readonly InterfaceUnit[]) {
    this.#units = units;
  }

  /** The unit that calls, or why it may not. */
  open(parameters: Parameters, province: string): { readonly unit: InterfaceUnit; readonly line: Line } | Refused {
    const unit = this.#units.find(({ ispId }) => String(ispId) === parameters.get('ispId')?.trim());
    if (unit === undefined) return refused(12, '企业标识不存在', 'unknown_unit');
    if (parameters.get('userName') !== unit.userName) return refused(4, '用户名错误', 'wrong_user_name');
    const randVal = parameters.get('randVal') ?? '';
    if (randVal.length < leastRandVal) return refused(16, '随机字符串少于 20 个字符', 'short_rand_val');
    if (!isSame(parameters.get('pwdHash')?.trim() ?? '', passwordHash(unit.password, randVal))) {
      return refused(5, '用户口令错误', 'wrong_password_hash');
    }
    if (this.#isUsed(unit.ispId, randVal)) return refused(12, '随机字符串已使用过', 'reused_rand_val');
    if (unit.provinces !== null && !unit.provinces.includes(province)) {
      return refused(13, '不是本省的企业', 'province_not_admitted');
    }
    if (parameters.get('hashAlgorithm')?.trim() !== '0') return refused(10, '哈希算法错误', 'unknown_hash_algorithm');
    return { unit, line: { unit: unit.ispId, province } };
  }

  #isUsed(ispId: number, randVal: string): boolean {
    const used = this.#used.get(ispId) ?? new Set();
    this.#used.set(ispId, used);
    // One may have a million characters.
    const remembered = createHash('sha256').update(randVal).digest('base64');
    if (used.has(remembered)) return true;
    used.add(remembered);
    const [oldest] = used;
    if (used.size > mostRemembered && oldest !== undefined) used.delete(oldest);
    return false;
  }
}

export const refused = (code: number, msg: string, mistake: Mistake | null, detail?: string): Refused => ({
  code,
  msg,
  mistake,
  ...(detail !== undefined && { detail }),
});

export const isRefused = (value: object): value is Refused => 'code' in value;

/** In the same time whatever was sent. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
