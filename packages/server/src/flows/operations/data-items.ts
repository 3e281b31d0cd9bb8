import type { CertificateFacts, KnownKey, OperationsHead, SystemFacts } from '../../ports/index.ts';
import { gigabytes, spanOf } from './amounts.ts';
import { dataWords as words } from './data-words.ts';
import { type Finding, item, itemOf, named, type OperationsItem, ok, partOf, type Text, wants } from './item.ts';
import { type HeardServer, type HeardWorker, isLive } from './process-items.ts';

/** What was asked of it has been answered. */
export const databaseItem = ({ database }: Pick<SystemFacts, 'database'>): OperationsItem =>
  item('database', ok(database === 'embedded' ? words.embedded : words.postgres));

export function migrationsItem(
  { migration, migratedSecondsAgo }: Pick<OperationsHead, 'migration' | 'migratedSecondsAgo'>,
  ours: Pick<SystemFacts, 'migration'>,
): OperationsItem {
  const span = spanOf(migratedSecondsAgo);
  if (migration === ours.migration) return item('migrations', ok(words.migrated(migration, span)));
  return item('migrations', wants('attention', words.newerSchema(migration, ours.migration), words.newerSchemaTodo));
}

export interface Keys {
  /** Those that the database was used with and that were not retired, the newest first. */
  readonly known: readonly KnownKey[];
  /** By which new data are sealed. */
  readonly newest: string;
  /** Of the key file. */
  readonly configured: readonly string[];
  /** Why the key file is not this database's; null: it is. */
  readonly trouble: Text | null;
}

export function keysItem({ known, newest, configured, trouble }: Keys): OperationsItem {
  if (trouble !== null) return item('keys', wants('failing', trouble, words.wrongKeysTodo));
  const missing = known.filter(({ id }) => !configured.includes(id)).map(({ id }) => id);
  if (missing.length > 0) return item('keys', wants('failing', words.keyMissing(missing), words.keyMissingTodo));
  const made = known.find(({ id }) => id === newest)?.madeSecondsAgo;
  const former = known.filter(({ id }) => id !== newest).map(({ id }) => id);
  return item('keys', ok(words.keys(newest, made === undefined ? null : spanOf(made), former)));
}

/** Below so much of the disk somebody has to do something; below the second, now. */
const [scarceBytes, mostScarceBytes] = [5e9, 1e9];

/** Where pictures of materials are kept, as each machine reaches it. */
export function filesItem(processes: readonly (HeardServer | HeardWorker)[]): OperationsItem {
  const live = processes.filter(isLive);
  const [first] = live;
  if (first === undefined) return item('files', wants('unknown', words.noFiles, words.noFilesTodo));
  const parts = live.map((one) =>
    partOf({ id: `${one.kind} ${one.name}`, name: named(one.name) }, fileFinding(one.facts.files)),
  );
  const { kept } = first.facts.files;
  return itemOf('files', { text: words.kept[kept] }, parts);
}

function fileFinding({ isReachable, freeBytes }: HeardServer['facts']['files']): Finding {
  if (!isReachable) return wants('failing', words.unreachable, words.unreachableTodo);
  if (freeBytes === null) return ok(words.reachable);
  const text = words.free(gigabytes(freeBytes));
  if (freeBytes >= scarceBytes) return ok(text);
  return wants(freeBytes < mostScarceBytes ? 'failing' : 'attention', text, words.freeTodo);
}

const daySeconds = 86_400;
/** Programs that renew certificates do so 30 days before the end: at 14 that has failed for two weeks. */
const [soonDays, atOnceDays] = [14, 3];
/** What browsers refuse whoever they trust; an authority of the provider's own may be trusted by them alone. */
const refusedByAll = 'ERR_TLS_CERT_ALTNAME_INVALID';

/** What is served at the address that people use; TLS ends at the proxy there. */
export function certificateItem(
  servers: readonly HeardServer[],
  { publicUrl, at }: { readonly publicUrl: string | null; readonly at: string },
): OperationsItem {
  if (!publicUrl?.startsWith('https:'))
    return item('certificate', wants('unknown', words.noAddress, words.noAddressTodo));
  const found = servers.filter(isLive).find(({ facts }) => facts.certificate !== null)?.facts.certificate;
  if (!found) return item('certificate', wants('unknown', words.notLooked, words.notLookedTodo));
  return item('certificate', certificateFinding(found, at));
}

function certificateFinding({ host, until, trouble }: CertificateFacts, at: string): Finding {
  if (until === null) return wants('unknown', words.notRead(host, trouble ?? ''), words.notReadTodo);
  const days = Math.floor((Date.parse(until) - Date.parse(at)) / 1000 / daySeconds);
  const doubt = trouble === 'CERT_HAS_EXPIRED' ? null : trouble;
  const text = words.certificate({ host, until: until.slice(0, 10), days, doubt });
  if (days < atOnceDays) return wants('failing', text, words.renewTodo);
  if (days < soonDays) return wants('attention', text, words.renewTodo);
  return doubt === refusedByAll ? wants('failing', text, words.otherNameTodo) : ok(text);
}
