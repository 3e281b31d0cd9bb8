import { Fault } from '@openbeian/model/fault';
import type { StartedWith } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import type { FlowDeps } from '../command/deps.ts';
import { inWorkerTransaction } from '../command/step.ts';

/** A setting as it is configured. For a secret the audit records only that it changed. */
export interface Setting {
  readonly path: string;
  readonly value: string;
  readonly secret: boolean;
}

/** Longest value that is written out. */
const longest = 300;

/** Writes which settings differ from the last start of that kind of process; all of them at its first start. */
export function recordConfiguration(deps: FlowDeps, process: string, settings: readonly Setting[]): Promise<void> {
  return inWorkerTransaction(deps, async (step) => {
    const { tx, at } = step;
    const stored = await tx.auditEvents.findConfiguration(process);
    // What cannot be read is replaced; the audit says which settings there are from then on.
    const former = stored instanceof Fault ? null : stored;
    const kept = settings.map((setting) =>
      keptOf(
        deps,
        setting,
        former?.find(({ path }) => path === setting.path),
      ),
    );
    const changed = kept.flatMap((setting) =>
      changeOf(
        setting,
        former?.find(({ path }) => path === setting.path),
      ),
    );
    const removed = (former ?? []).filter(({ path }) => !kept.some((setting) => setting.path === path));
    if (former !== null && changed.length === 0 && removed.length === 0) return;
    await tx.auditEvents.putConfiguration(process, kept, at);
    await recordAudit(
      step,
      'ConfigurationChanged',
      { kind: 'process', id: process },
      { firstStart: former === null, changed, removed: removed.map(({ path }) => path) },
    );
  });
}

/** A secret's hash stays under the key under which it was made as long as the secret is the same. */
function keptOf({ vault }: FlowDeps, { path, value, secret }: Setting, former: StartedWith | undefined): StartedWith {
  if (!secret) return { path, value, secret };
  const text = `${path}\n${value}`;
  const isSame = former?.secret === true && vault.hashes(text, 'request').includes(former.value);
  return { path, secret, value: isSame ? former.value : vault.hash(text, 'request') };
}

function changeOf(setting: StartedWith, former: StartedWith | undefined): readonly object[] {
  const { path, value, secret } = setting;
  if (former !== undefined && former.value === value && former.secret === secret) return [];
  if (secret) return [{ path, secret: true }];
  const before = former === undefined || former.secret ? null : former.value.slice(0, longest);
  return [{ path, before, after: value.slice(0, longest) }];
}
