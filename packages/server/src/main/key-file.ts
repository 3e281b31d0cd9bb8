import { existsSync } from 'node:fs';
import { Fault } from '@openbeian/model/fault';
import { countKeyUses, recordReseal, resealNext, restartReseal } from '../flows/keys/reseal.ts';
import type { KeyUse } from '../ports/index.ts';
import {
  type Algorithms,
  firstHashKeyId,
  type KeyRing,
  keyRingFileIn,
  readKeyRingFile,
  replaceKeyRing,
  withActive,
  withNewKey,
  withoutKey,
} from '../secrets/index.ts';
import type { Config } from './config.ts';
import type { Deployment } from './deployment.ts';

/** How keys are added. */
export interface KeyAddition {
  readonly staged: boolean;
  /** Those of the newest key unless given. */
  readonly algorithms?: Algorithms | undefined;
}

/** The deployment's key ring in its file. @throws Fault `config.invalid`, naming the file. */
export class KeyFile {
  readonly path: string;

  constructor({ keyRingFile, database }: Config) {
    this.path = keyRingFile ?? keyRingFileIn(database.directory);
    if (existsSync(this.path)) return;
    throw new Fault('config.invalid', {
      places: [{ path: this.path, expected: 'the key ring of this deployment', expectedZh: '应为本部署的密钥文件' }],
    });
  }

  read(): KeyRing {
    return readKeyRingFile(this.path);
  }

  /** Adds fresh keys under `id`; `staged` ones open and are looked up, but do not seal yet. */
  rotate(id: string, { staged, algorithms }: KeyAddition): void {
    const ring = this.read();
    if ([...ring.keys, ...ring.hashKeys].some((key) => key.id === id)) {
      throw this.#refusal(id, 'an id that no key has yet', '应为尚未使用的密钥编号');
    }
    replaceKeyRing(this.path, withNewKey(ring, id, staged, algorithms));
  }

  /** Lets the keys of that id seal and hash from now on. */
  activate(id: string): void {
    const ring = this.read();
    this.#known(ring, id);
    replaceKeyRing(this.path, withActive(ring, id));
  }

  /** Takes keys out that nothing is under; `uses` was counted just now. */
  retire(id: string, uses: readonly KeyUse[]): void {
    const ring = this.read();
    this.#known(ring, id);
    if (ring.keys[0]?.id === id || ring.hashKeys[0]?.id === id) {
      throw this.#refusal(
        id,
        'a key that is not in use for new things; rotate first',
        '应为不再用于新数据的密钥，请先轮换',
      );
    }
    const held = usesOf(uses, id);
    if (held.length === 0) return replaceKeyRing(this.path, withoutKey(ring, id));
    const told = held.map(({ kind, how, count }) => `${count} ${kind} (${how})`).join(', ');
    throw this.#refusal(id, `a key that holds nothing; it holds ${told}`, `仍在使用，不能停用：${told}`);
  }

  #known(ring: KeyRing, id: string): void {
    if ([...ring.keys, ...ring.hashKeys].some((key) => key.id === id)) return;
    throw this.#refusal(id, 'the id of a key in this file', '应为该文件中的密钥编号');
  }

  #refusal(id: string, expected: string, expectedZh: string): Fault {
    return new Fault('config.invalid', { places: [{ path: `${this.path}: ${id}`, expected, expectedZh }] });
  }
}

/** What of `uses` is under the keys of that id. */
export function usesOf(uses: readonly KeyUse[], id: string): KeyUse[] {
  const isIt = ({ how, keyId }: KeyUse) => (how === 'hashed' && keyId === '' ? firstHashKeyId : keyId) === id;
  return uses.filter(isIt);
}

export type ResealStep = NonNullable<Awaited<ReturnType<typeof resealNext>>>;

/** Seals and hashes again what is under former keys, from where it was interrupted; then counts what is under which key. */
export async function resealAll(
  { deps }: Pick<Deployment, 'deps'>,
  onStep: (step: ResealStep) => Promise<void>,
): Promise<KeyUse[]> {
  const { newest } = deps.vault;
  const isBehind = ({ how, keyId, kind }: KeyUse) =>
    kind !== 'api_keys' &&
    keyId !== (how === 'sealed' ? newest.sealing : newest.hashing) &&
    !(how === 'hashed' && keyId === '' && newest.hashing === firstHashKeyId);
  let changed = 0;
  for (let pass = 1; ; pass += 1) {
    for (let step = await resealNext(deps); step !== null; step = await resealNext(deps)) {
      changed += step.changed;
      await onStep(step);
    }
    const uses = await countKeyUses(deps);
    // A process that knew the former keys only may have written behind us: look at everything once more.
    if (pass === 2 || !uses.some(isBehind)) {
      if (changed > 0) await recordReseal(deps, changed);
      return uses;
    }
    await restartReseal(deps);
  }
}
