import { mkdirSync } from 'node:fs';
import { verificationResultsPath } from '@openbeian/contract/hook-paths';
import { indexHolidays } from '@openbeian/model/calendar';
import { policySet } from '@openbeian/model/eligibility';
import { Fault, type FaultCode, isFault } from '@openbeian/model/fault';
import { helpTexts } from '@openbeian/model/help';
import { loadPolicyFiles, policyTexts } from '@openbeian/policies';
import { loadCodeTables } from '@openbeian/policies/code-tables';
import { loadDesk } from '@openbeian/policies/desk';
import { loadDivisions } from '@openbeian/policies/divisions';
import { loadFormLimits } from '@openbeian/policies/form-limits';
import { loadHolidays } from '@openbeian/policies/holidays';
import { openProvinceRules } from '@openbeian/policies/provinces';
import { loadReturnReasons } from '@openbeian/policies/return-reasons';
import { loadRuleBookInTurns } from '@openbeian/policies/rule-book';
import { loadSources } from '@openbeian/policies/sources';
import { loadVerificationRules } from '@openbeian/policies/verification';
import type { Logger } from 'pino';
import type { Library } from '../auth/library.ts';
import { PasswordPool } from '../auth/passwords/password-pool.ts';
import type { FlowDeps } from '../flows/command/deps.ts';
import { countKeyUses } from '../flows/keys/reseal.ts';
import { forgetKey, recheckKeys, verifyKeys } from '../flows/keys/verify-keys.ts';
import { createLogger } from '../http/log.ts';
import { InventoryThreads } from '../inventories/inventory-threads.ts';
import { createDnsNames } from '../outbound/dns-names.ts';
import { createGuardedPost } from '../outbound/guarded-post.ts';
import { createHttpRegistrar, noRegistrar } from '../outbound/http-registrar.ts';
import { noNotifier } from '../outbound/no-notifier.ts';
import { createHttpVerifier, noVerifier } from '../outbound/verification/http-verifier.ts';
import type { Clock, CloudReader, KeyUse, Notifier, Registrar, Verifier } from '../ports/index.ts';
import {
  type KeyRing,
  KeyRingVault,
  keyRingInDirectory,
  makeKeyRing,
  readKeyRingFile,
  SortableIds,
} from '../secrets/index.ts';
import { createGateFiles } from '../snapshots/gate-files-on-disk.ts';
import { createAgeReader, type OpenStore, openStore, type ReportProgress } from '../store/index.ts';
import { type Config, isOnThisMachine, isReachable } from './config.ts';
import { gateSigningKey } from './gate-signing-key.ts';
import { lookUpsOf } from './look-ups.ts';
import { openMaterials } from './materials.ts';
import { openAuthority } from './open-authority.ts';
import { peopleSettings } from './people-settings.ts';
import { fingerprintOf } from './policy-fingerprint.ts';
import { version } from './release.ts';
import { type WatchedAuthority, watchAuthority } from './watched-authority.ts';

export const systemClock: Clock = { now: () => new Date().toISOString() };

const hourMs = 3_600_000;

/** What a caller may put in the place of the ordinary parts. */
export interface Replacements {
  /** For stories that run in seconds. */
  readonly clock?: Clock;
  /** The real time, by which sessions and one-time codes go. */
  readonly wall?: Clock;
  readonly logger?: Logger;
  /** Keep everything in memory, with keys of its own; for tests. */
  readonly inMemory?: boolean;
  /** Told how far the database has been brought up to date; the log is unless somebody else is. */
  readonly onMigration?: ReportProgress;
  /** Who reads the inventories of clouds for background work; without one nobody does. */
  readonly cloudReader?: CloudReader;
  /** A store that is open already; it is the deployment's to close. */
  readonly open?: OpenStore;
}

/** The concrete parts of one process, wired, but for the flows that answer requests: workers answer none. */
export interface Parts {
  readonly config: Config;
  readonly deps: FlowDeps;
  /** What signs people in, loaded for the first who asks: workers do not. */
  library(): Promise<Library>;
  readonly watchedAuthority: WatchedAuthority;
  readonly open: OpenStore;
  readonly logger: Logger;
  /** How much each key holds; reads everything. */
  countKeyUses(): Promise<KeyUse[]>;
  /** Forgets a key that was retired from the key file. */
  forgetKey(id: string): Promise<void>;
  /** Why requests cannot be served now; null when they can. */
  findObstacle(): Promise<FaultCode | null>;
  close(): Promise<void>;
}

/** The provider's own way with orders that are open at once, and its limits. */
function deskOf({ filings, provider }: Config): FlowDeps['desk'] {
  const { sideBySide, subjectLimits, timeLimits, siteMeanwhile, smsRules, demandReminders, askReminders } = loadDesk();
  const chosen = sideBySide.find(({ id }) => id === filings.sideBySide);
  if (chosen === undefined) {
    const places = [
      {
        path: 'filings.sideBySide',
        expected: `one of ${sideBySide.map(({ id }) => id).join(', ')}`,
        expectedZh: `应为 ${sideBySide.map(({ id }) => id).join('、')} 之一`,
      },
    ];
    throw new Fault('config.invalid', { places });
  }
  const limit = subjectLimits.find((one) => one.provider === provider);
  return {
    sideBySide: chosen,
    accessesPerSubject: limit?.accesses ?? null,
    timeLimits,
    siteMeanwhile,
    smsRules,
    demandReminderDays: demandReminders.daysBefore,
    askReminderDays: askReminders.daysBefore,
  };
}

/** What comes with the release: what forms are made of and held to, what may be open at once, texts, holidays. */
const shippedData = (config: Config) => ({
  desk: deskOf(config),
  help: { texts: helpTexts, sources: loadSources() },
  calendar: indexHolidays(loadHolidays()),
  returnReasons: loadReturnReasons(),
  formLimits: loadFormLimits(),
  codeTables: loadCodeTables(),
  divisions: loadDivisions(),
});

/**
 * Opens the database (migrating it) and wires the parts.
 * @param answerShapes what answers to requests are like; null where none are answered
 * @throws Fault `config.invalid`, `secret.wrong_key`, `input.invalid` (policies, rules of provinces), and what `openStore` throws
 */
export async function openParts(
  config: Config,
  replacements: Replacements,
  answerShapes: FlowDeps['answerShapes'],
): Promise<Parts> {
  const clock = replacements.clock ?? systemClock;
  const logger = replacements.logger ?? createLogger(config.log.level);
  const policyFiles = loadPolicyFiles(config.policyDirectories ?? undefined);
  const policies = policySet(policyFiles);
  const vault = new KeyRingVault(keyRingOf(config, replacements.inMemory === true));
  const passwords = new PasswordPool();
  const open = replacements.open ?? (await openStoreOf(config, replacements, logger));
  const materials = await openMaterials(config, replacements.inMemory === true);
  const ids = new SortableIds(() => Date.parse(clock.now()));
  const shipped = shippedData(config);
  const opened = await openAuthority(config, { ...open, clock, vault, ids, ...shipped });
  const watchedAuthority = watchAuthority(opened.authority);
  const deps: FlowDeps = {
    store: open.store,
    authority: watchedAuthority.authority,
    authorityDesk: opened.desk,
    clock,
    ids,
    vault,
    policies,
    ...shipped,
    answerShapes,
    codeTablesOf: opened.codeTablesOf,
    provinceRules: openProvinceRules(config.provinceDirectories ?? undefined),
    ruleBook: once(() => loadRuleBookInTurns(bookPlaces(config))),
    gateFiles: createGateFiles(gateSigningKey(config)),
    ...inventoriesOf(config, policyFiles, replacements.cloudReader),
    policyFingerprint: fingerprintOf(policies, policyTexts(config.policyDirectories ?? undefined)),
    notifier: await notifierOf(config),
    ...aboutNames(config, clock),
    ...materials,
    ...verificationOf(config, clock),
    people: await peopleSettings(config, passwords, replacements.wall ?? systemClock),
    outbound: createGuardedPost({ ...config.webhooks, userAgent: 'OpenBeian-Webhook/1' }),
    webhooks: webhookLimits(config),
    ...surroundingsOf(config, open),
  };
  const close = () =>
    closeEach([deps.gateFiles, deps.inventories, materials.pictures, materials.letters, passwords, opened, open]);
  await verifyKeys(deps).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return {
    config,
    deps,
    library: once(() => libraryOf(config, deps, open, logger)),
    watchedAuthority,
    open,
    logger,
    countKeyUses: () => countKeyUses(deps),
    forgetKey: (id) => forgetKey(deps, id),
    findObstacle: () => findObstacle(deps),
    close,
  };
}

/** Who the provider is, and whom it asks. */
const surroundingsOf = (config: Config, open: OpenStore) => ({
  system: systemFacts(config, open),
  provider: config.provider,
  authorityByHand: config.authority.adapter === 'manual',
  asksFilingPassword: config.authority.adapter === 'v3' || config.authority.adapter === 'file',
  smsPageUrl: config.authority.smsPageUrl,
  gate: { region: config.gate.region, defaultNames: config.gate.defaultNames },
  publicUrl: config.http.publicUrl,
  ...limitsOf(config),
});

const systemFacts = ({ database, gate }: Config, { kysely, migration }: OpenStore): FlowDeps['system'] => ({
  version,
  migration,
  database: database.url === null ? 'embedded' : 'postgres',
  hasGates: gate.tokens.length > 0,
  queueAges: createAgeReader(kysely, []),
});

/** One after the other. */
async function closeEach(parts: readonly { close(): unknown }[]): Promise<void> {
  for (const part of parts) await part.close();
}

const inventoriesOf = (
  config: Config,
  policyFiles: ReturnType<typeof loadPolicyFiles>,
  reader: CloudReader | undefined,
) => ({
  inventories: new InventoryThreads(policyFiles, {
    exampleAddresses: config.inventory.exampleAddresses ?? !isReachable(config),
  }),
  inventorySyncs: { syncs: config.inventory.sync, reader: reader ?? null },
});

const bookPlaces = ({ policyDirectories, provinceDirectories }: Config) => ({
  policies: policyDirectories ?? undefined,
  provinces: provinceDirectories ?? undefined,
});

/** Made when it is first asked for, then kept; a failure is not kept. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let kept: Promise<T> | undefined;
  return () => {
    kept ??= make().catch((cause: unknown) => {
      kept = undefined;
      throw cause;
    });
    return kept;
  };
}

/** The limits of the configuration, as flows take them. */
const limitsOf = ({ drafts, claims, review, reveals, keep, nameProof }: Config) => ({
  drafts,
  claims,
  review,
  reveals,
  keep,
  nameProof,
});

const webhookLimits = ({ webhooks }: Config): FlowDeps['webhooks'] => ({
  perAccount: webhooks.perAccount,
  giveUpAfterMs: webhooks.giveUpAfterHours * hourMs,
  pauseAfterDead: webhooks.pauseAfterDead,
  keepMs: webhooks.keepDays * 24 * hourMs,
});

async function libraryOf(
  { http }: Config,
  { vault, people }: FlowDeps,
  open: OpenStore,
  logger: Logger,
): Promise<Library> {
  const { createLibrary } = await import('../auth/library.ts');
  return createLibrary({
    database: open.kysely,
    secret: vault.hash('session cookies', 'request'),
    passwords: people.passwords,
    secureCookies: http.publicUrl?.startsWith('https:') ?? false,
    onError: (message, error) => logger.error({ err: error }, `sign-in: ${message}`),
  });
}

/** The database must be reachable, have this release's schema, and belong to these keys. */
async function findObstacle(deps: FlowDeps): Promise<FaultCode | null> {
  if (!(await deps.store.ready())) return 'store.unavailable';
  try {
    await recheckKeys(deps);
    return null;
  } catch (error) {
    return isFault(error) ? error.code : 'store.unavailable';
  }
}

/** Whom to ask about domains. */
const aboutNames = (config: Config, clock: Clock) => ({
  nameDirectory: createDnsNames({ servers: config.nameProof.dnsServers, timeoutMs: config.nameProof.timeoutMs }),
  registrar: registrarOf(config),
  lookUps: lookUpsOf(config, clock),
});

function registrarOf({ nameProof: { registrarUrl: url, registrarSecret: secret, timeoutMs } }: Config): Registrar {
  return url === null || secret === null ? noRegistrar : createHttpRegistrar({ url, secret, timeoutMs });
}

function verificationOf(config: Config, clock: Clock): Pick<FlowDeps, 'verifier' | 'verification'> {
  const verification = { rules: loadVerificationRules(), isRequired: config.verification.required };
  return { verifier: verifierOf(config, clock), verification };
}

function verifierOf({ verification, http }: Config, clock: Clock): Verifier {
  const { url, secret, timeoutMs } = verification;
  if (url === null || secret === null) return noVerifier;
  const resultUrl = http.publicUrl === null ? null : new URL(verificationResultsPath, http.publicUrl).href;
  return createHttpVerifier({ url, secret, timeoutMs, resultUrl, now: () => clock.now() });
}

/** Without a mail server, what speaks to one is not loaded. */
async function notifierOf(config: Config): Promise<Notifier> {
  const { mail, look } = config;
  const { host, from } = mail;
  if (host === null || from === null) return noNotifier;
  const { createSmtpNotifier } = await import('../outbound/smtp-notifier.ts');
  const { zh, en } = look.title ?? { zh: null, en: null };
  const end = [zh && `${zh} / ${en}`, look.support && `${look.support.zh} / ${look.support.en}`].filter(Boolean);
  const signature = end.length === 0 ? null : end.join('\n');
  return createSmtpNotifier({ ...mail, host, from, senderName: zh, signature });
}

/** For those who start a server that migrates. */
export const logMigration =
  (logger: Logger): ReportProgress =>
  (progress) =>
    logger.info(progress, 'bringing the database up to date');

function openStoreOf(config: Config, { inMemory, onMigration }: Replacements, logger: Logger): Promise<OpenStore> {
  return openStore(locationOf(config, inMemory === true), onMigration ?? logMigration(logger));
}

/** Where the configuration says that the data is. */
export function locationOf(config: Config, inMemory = false): Parameters<typeof openStore>[0] {
  const { url, listenUrl, maxConnections, directory, replicaUrl, replicaMaxLagMs, allowOwner } = config.database;
  if (inMemory) return { dataDir: null };
  if (url === null) return { dataDir: directory };
  const mayOwn = replicaUrl !== null && (allowOwner || isOnThisMachine(replicaUrl));
  const replica = replicaUrl === null ? null : { url: replicaUrl, maxLagMs: replicaMaxLagMs, mayOwn };
  return { databaseUrl: url, listenUrl, maxConnections, replica };
}

function keyRingOf({ keyRingFile, database }: Config, inMemory: boolean): KeyRing {
  if (inMemory) return makeKeyRing();
  if (keyRingFile === null) {
    mkdirSync(database.directory, { recursive: true, mode: 0o700 });
    return keyRingInDirectory(database.directory);
  }
  return readKeyRingFile(keyRingFile);
}
