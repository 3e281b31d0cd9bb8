import { setTimeout as pause } from 'node:timers/promises';
import {
  type Algorithms,
  formatKeyRing,
  type KeyAddition,
  KeyFile,
  type KeyUse,
  loadConfig,
  makeKeyRing,
  resealAll,
  usesOf,
  writeNewKeyRing,
} from '@openbeian/server/main';
import { InputError } from '../io/input.ts';
import { withDeployment } from './administration.ts';
import { sayingFaults } from './process-life.ts';

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

function checkId(id: string): void {
  if (/^[a-z0-9-]{1,32}$/.test(id)) return;
  throw new InputError(`${id}: 应为 1 到 32 个小写字母、数字或连字符 / expected 1 to 32 of a-z, 0-9 and -`);
}

/** `openbeian keys new`: a key ring of fresh keys, to a new file that its owner alone may read, or to standard output. */
export async function makeKeys(id: string | null, file: string | null, algorithms: Algorithms): Promise<void> {
  if (id !== null) checkId(id);
  const ring = makeKeyRing(id ?? undefined, algorithms);
  if (file === null) return void process.stdout.write(formatKeyRing(ring));
  await sayingFaults(async () => {
    writeNewKeyRing(file, ring);
    print(`已写入 ${file}，权限 0600；请另行备份 / written, mode 0600; keep a backup elsewhere: ${file}`);
  });
}

const fileOf = (configFile: string | null): KeyFile => new KeyFile(loadConfig(configFile, process.env));

/** `openbeian keys rotate`: new keys in the file; the processes take them at their next start. */
export async function rotateKeys(id: string, addition: KeyAddition, configFile: string | null): Promise<void> {
  checkId(id);
  await sayingFaults(async () => {
    const file = fileOf(configFile);
    file.rotate(id, addition);
    print(
      addition.staged
        ? `${file.path}: 已备好密钥 ${id}；请重启全部进程，再执行 openbeian keys activate ${id} / key ${id} is staged: restart every process, then activate it`
        : `${file.path}: 新数据将用密钥 ${id}；请重启全部进程，再执行 openbeian keys reseal / key ${id} seals from the next start on: restart every process, then reseal`,
    );
  });
}

/** `openbeian keys activate`: a staged key seals and hashes from the next start on. */
export async function activateKeys(id: string, configFile: string | null): Promise<void> {
  await sayingFaults(async () => {
    fileOf(configFile).activate(id);
    print(`已启用 / activated: ${id}`);
  });
}

/** `openbeian keys status`: what is under which key. */
export async function printKeyStatus(json: boolean, configFile: string | null): Promise<void> {
  await withDeployment(configFile, async (deployment) => {
    const ring = fileOf(configFile).read();
    const uses = await deployment.countKeyUses();
    const ids = [...new Set([...ring.keys, ...ring.hashKeys].map(({ id }) => id))];
    const keys = ids.map((id) => ({
      id,
      seals: ring.keys[0]?.id === id,
      hashes: ring.hashKeys[0]?.id === id,
      holds: usesOf(uses, id).map(({ kind, how, count }) => ({ kind, how, count })),
    }));
    const isKnown = (use: KeyUse) => ids.some((id) => usesOf([use], id).length > 0);
    const lost = uses.filter((use) => !isKnown(use));
    if (json) return print(JSON.stringify({ keys, lost }));
    for (const { id, seals, hashes, holds } of keys) {
      const now = [seals ? '加密 / seals' : '', hashes ? '散列 / hashes' : ''].filter((text) => text !== '').join(', ');
      print(`${id}  ${now === '' ? '仅读取 / opens only' : now}`);
      for (const { kind, how, count } of holds) print(`  ${kind} ${how}: ${count}`);
    }
    for (const { keyId, kind, how, count } of lost) {
      print(`${keyId}  不在密钥文件中 / not in the key file  ${kind} ${how}: ${count}`);
    }
  });
}

/** `openbeian keys reseal`: everything under the newest keys; interrupted, the next run goes on. */
export async function reseal(pauseMs: number, configFile: string | null): Promise<void> {
  await withDeployment(configFile, async (deployment) => {
    let changed = 0;
    const uses = await resealAll(deployment, async (step) => {
      changed += step.changed;
      print(`${step.kind}: ${step.changed} / ${step.seen}`);
      for (const { cause } of step.unreadable)
        print(
          `${cause}: 无法解开，未处理，已列入失败的任务（openbeian work list） / cannot be opened; parked, see openbeian work list`,
        );
      if (pauseMs > 0) await pause(pauseMs);
    });
    print(`已重新加密 / sealed again: ${changed}`);
    for (const { kind, how, keyId, count } of uses) print(`  ${kind} ${how}: ${count}  ${keyId || 'first'}`);
  });
}

/** `openbeian keys retire`: takes a key out of the file, unless something is under it. */
export async function retireKeys(id: string, configFile: string | null): Promise<void> {
  await withDeployment(configFile, async (deployment) => {
    fileOf(configFile).retire(id, await deployment.countKeyUses());
    await deployment.forgetKey(id);
    print(`已停用 / retired: ${id}`);
  });
}
