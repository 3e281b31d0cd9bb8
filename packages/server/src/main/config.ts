import { existsSync, readFileSync } from 'node:fs';
import { Fault, type FaultPlace, placesOf } from '@openbeian/model/fault';
import { parse } from 'yaml';
import { z } from 'zod';
import { addressesOf, authorityPlaces } from './authority-places.ts';
import { type Config, configSchema, environmentNameOf, settingsOf, unwrapped } from './config-schema.ts';

export type { Config, ConfigInput } from './config-schema.ts';

/** Variables under our prefix that are no settings: those of the commands that ask a running server may be in the same shell. */
const otherVariables = [
  'OPENBEIAN_API_KEY',
  'OPENBEIAN_AUTHORITY_SIM_SECRET',
  'OPENBEIAN_CODE',
  'OPENBEIAN_CONFIG',
  'OPENBEIAN_GATE_TOKEN',
  'OPENBEIAN_LOGIN',
  'OPENBEIAN_NO_APT',
  'OPENBEIAN_PASSWORD',
  'OPENBEIAN_SERVER',
];

/**
 * Reads the configuration: the file, over it the environment (`OPENBEIAN_HTTP_PORT` for `http.port`, and
 * `DATABASE_URL`). The file may be left out where the environment says everything.
 * @param file path of a YAML or JSON file; `OPENBEIAN_CONFIG` names it too
 * @throws Fault `config.invalid` with every wrong place; values are not repeated, they may be secrets
 */
export function loadConfig(file: string | null, environment: NodeJS.ProcessEnv): Config {
  const path = file ?? environment.OPENBEIAN_CONFIG ?? null;
  return parseConfig(path === null ? {} : readDocument(path), environment, path ?? '(environment)');
}

/**
 * @param where names the document in faults
 * @throws Fault `config.invalid`
 */
export function parseConfig(document: unknown, environment: NodeJS.ProcessEnv = {}, where = 'config'): Config {
  const { merged, origins, places } = withEnvironment(document, environment);
  const parsed = configSchema.safeParse(merged);
  places.push(...(parsed.success ? placesAgainst(parsed.data) : placesOf(parsed.error)));
  if (parsed.success && places.length === 0) return parsed.data;
  const named = places.map((place) => ({
    ...place,
    path: originOf(place.path, origins) ?? `${where}: ${place.path}`,
  }));
  throw new Fault('config.invalid', { places: named });
}

/** The variable that set a place, or the setting that it is a part of. */
function originOf(path: string, origins: ReadonlyMap<string, string>): string | undefined {
  return origins.get(path) ?? origins.get(path.split('[')[0] ?? '');
}

function readDocument(file: string): unknown {
  const refuse = (expected: string, expectedZh: string): never => {
    throw new Fault('config.invalid', { places: [{ path: file, expected, expectedZh }] });
  };
  if (!existsSync(file)) return refuse('a file that exists', '应为存在的文件');
  try {
    return parse(readFileSync(file, 'utf8')) ?? {};
  } catch {
    // The parser's message repeats the line, which may hold a secret.
    return refuse('YAML or JSON that can be read', '应为可读取的 YAML 或 JSON');
  }
}

/** The document with what the environment sets; `origins` names the variable behind a path. */
function withEnvironment(document: unknown, environment: NodeJS.ProcessEnv) {
  const merged: unknown = structuredClone(document);
  const origins = new Map<string, string>();
  const places: FaultPlace[] = [];
  const byName = new Map(settingsOf().map((setting) => [environmentNameOf(setting.path), setting]));
  const aliases = new Map([['DATABASE_URL', 'OPENBEIAN_DATABASE_URL']]);
  for (const [variable, value] of Object.entries(environment)) {
    if (value === undefined || value === '') continue;
    const setting = byName.get(aliases.get(variable) ?? variable);
    if (setting) {
      put(merged, setting.path, valueOf(value, setting.shape));
      origins.set(setting.path.join('.'), variable);
    } else if (variable.startsWith('OPENBEIAN_') && !otherVariables.includes(variable)) {
      origins.set(variable, variable);
      places.push({ path: variable, expected: 'no such setting', expectedZh: '没有这个配置项' });
    }
  }
  return { merged, origins, places };
}

/** Text stays text; everything else is written as in YAML: `true`, `10`, `[a, b]`. */
function valueOf(text: string, shape: z.ZodType): unknown {
  const inner = unwrapped(shape);
  if (inner instanceof z.ZodString || inner instanceof z.ZodURL || inner instanceof z.ZodEnum) return text;
  try {
    return parse(text);
  } catch {
    return text;
  }
}

function put(document: unknown, path: readonly string[], value: unknown): void {
  let node = document as Record<string, unknown>;
  if (typeof node !== 'object' || node === null) return;
  for (const key of path.slice(0, -1)) {
    const next = node[key];
    if (typeof next !== 'object' || next === null) node[key] = {};
    node = node[key] as Record<string, unknown>;
  }
  node[path.at(-1) ?? ''] = value;
}

/** Settings that do not go together. */
function placesAgainst(config: Config): FaultPlace[] {
  const { database, keyRingFile, http, sample, mail, worker } = config;
  const places = [...placesOutside(config), ...authorityPlaces(config.authority, isOutsideUrl)];
  if (database.url !== null && keyRingFile === null) {
    places.push({
      path: 'keyRingFile',
      expected: 'a key ring, since database.url is set: every process needs the same one',
      expectedZh: '设置了 database.url，须指定密钥文件，各进程用同一份',
    });
  }
  if (database.url === null && database.replicaUrl !== null) {
    places.push({
      path: 'database.replicaUrl',
      expected: 'database.url as well: the embedded database has no standby',
      expectedZh: '须同时设置 database.url：内置数据库没有备库',
    });
  }
  if (mail.host !== null && mail.from === null) {
    places.push({
      path: 'mail.from',
      expected: 'the sender of the mails, since mail.host is set',
      expectedZh: '设置了 mail.host，须指定发件人',
    });
  }
  if (worker.port !== null && !isLoopback(worker.host) && http.metricsToken === null) {
    places.push({
      path: 'http.metricsToken',
      expected: 'a token for /metrics, since worker.host can be reached from outside this machine',
      expectedZh: '本机以外可以访问 worker.host，须为 /metrics 设置令牌',
    });
  }
  if (config.materials.s3 !== null && config.materials.s3SecretAccessKey === null) places.push(noS3Secret);
  const { ask, rdapBootstrapFile } = config.lookUps;
  if (ask.includes('registration') && rdapBootstrapFile === null) places.push(noRegistries);
  places.push(...oidcPlaces(config));
  if (sample.enabled && !sample.onNetwork && !isLoopback(http.host)) {
    places.push({
      path: 'http.host',
      expected: 'a loopback address, since the passwords of a sample deployment are public (or sample.onNetwork)',
      expectedZh: '样例部署的密码是公开的，只应监听本机地址（或设置 sample.onNetwork）',
    });
  }
  return places;
}

/** Single sign-on needs an address to come back to, and a provider that is reached safely. */
function oidcPlaces({ http, signIn }: Config): FaultPlace[] {
  return (['oidc', 'customerOidc'] as const).flatMap((side) => {
    const oidc = signIn[side];
    if (oidc === null) return [];
    const back = {
      path: 'http.publicUrl',
      expected: `the address that the provider’s sign-in sends browsers back to, since signIn.${side} is set`,
      expectedZh: `设置了 signIn.${side}，须填写统一登录完成后返回的网址`,
    };
    const issuer = {
      path: `signIn.${side}.issuer`,
      expected: 'https, since it is outside this machine',
      expectedZh: '不在本机，应为 https',
    };
    return [...(http.publicUrl === null ? [back] : []), ...(isPlainOutside(oidc.issuer) ? [issuer] : [])];
  });
}

/** In production, which is as soon as others can reach this server: directly, or by a proxy that is trusted. */
export const isReachable = ({ http, sample }: Config): boolean =>
  !sample.enabled && (!isLoopback(http.host) || http.trustProxy !== false);

const isOutsideUrl = (url: string | null): boolean => url !== null && !isLoopback(new URL(url).hostname);

const isPlainOutside = (url: string): boolean => url.startsWith('http:') && !isLoopback(new URL(url).hostname);

const noRegistries: FaultPlace = {
  path: 'lookUps.rdapBootstrapFile',
  expected: 'a file of RDAP services, since lookUps.ask has registration',
  expectedZh: 'lookUps.ask 含 registration 时必填：各后缀的 RDAP 服务文件',
};

/** Services of the provider's that are asked about names and people. */
const servicesOf = ({ nameProof, verification }: Config) => [
  {
    at: { url: 'nameProof.registrarUrl', secret: 'nameProof.registrarSecret' },
    url: nameProof.registrarUrl,
    secret: nameProof.registrarSecret,
  },
  {
    at: { url: 'verification.url', secret: 'verification.secret' },
    url: verification.url,
    secret: verification.secret,
  },
];

const noSecretOf = ({ url, secret }: { readonly url: string; readonly secret: string }): FaultPlace => ({
  path: secret,
  expected: `the secret of the service at ${url}`,
  expectedZh: `设了 ${url} 时必填其共享密钥`,
});

/** What others need who can reach this server. */
function placesForOthers(http: Config['http']): FaultPlace[] {
  const places: FaultPlace[] = [];
  if (http.metricsToken === null && http.metricsPort === null) {
    places.push({
      path: 'http.metricsToken',
      expected:
        'a token for /metrics, or http.metricsPort for a listener of its own, since others can reach this server',
      expectedZh: '本机以外可以访问本服务，须为 /metrics 设置令牌，或用 http.metricsPort 单独监听',
    });
  }
  if (http.publicUrl === null) {
    places.push({
      path: 'http.publicUrl',
      expected:
        'the address at which browsers reach this server, since others can reach it: cookies and HSTS depend on it',
      expectedZh: '本机以外可以访问本服务，须填写浏览器访问的网址，Cookie 与 HSTS 以此为准',
    });
  }
  return places;
}

/** What leaves this machine is encrypted, and guarded by secrets that nobody guesses. */
function placesOutside(config: Config): FaultPlace[] {
  const { authority, database, mail, http, gate, insecureTransport } = config;
  const places: FaultPlace[] = [];
  const encrypted = (path: string, part: (typeof insecureTransport)[number], expected: string) => {
    if (insecureTransport.includes(part)) return;
    places.push({
      path,
      expected: `${expected}, since it is outside this machine (in an isolated network of your own: insecureTransport: [${part}])`,
      expectedZh: `不在本机，应为加密连接（自有的隔离网络可设置 insecureTransport: [${part}]）`,
    });
  };
  const long = (path: string, secret: string) => {
    if (Buffer.byteLength(secret) >= shortestSecretBytes) return;
    places.push({
      path,
      expected: `at least ${shortestSecretBytes} bytes, since it is used outside this machine, e.g. from: openssl rand -base64 24`,
      expectedZh: `在本机以外使用，至少应为 ${shortestSecretBytes} 字节，可用 openssl rand -base64 24 生成`,
    });
  };
  const { url, secret } = authority;
  const plain = addressesOf(authority).filter(([, address]) => isPlainOutside(address));
  for (const [path] of plain) encrypted(path, 'authority', 'https');
  if (isOutsideUrl(url) && secret !== null) long('authority.secret', secret);
  for (const { at, url, secret } of servicesOf(config)) {
    if (url === null) continue;
    if (secret === null) places.push(noSecretOf(at));
    else if (isOutsideUrl(url)) long(at.secret, secret);
    if (isPlainOutside(url)) encrypted(at.url, 'authority', 'https');
  }
  const { s3, clamd } = config.materials;
  if (s3 !== null && isPlainOutside(s3.endpoint)) encrypted('materials.s3.endpoint', 'materials', 'https');
  if (isOutside(clamd)) encrypted('materials.clamd', 'materials', 'a socket or address of this machine');
  for (const key of ['url', 'listenUrl', 'replicaUrl'] as const) {
    const url = database[key];
    if (url !== null && !isOnThisMachine(url) && !isEncrypted(url))
      encrypted(`database.${key}`, 'database', 'sslmode=verify-full');
  }
  if (mail.host !== null && mail.security === 'none' && !isLoopback(mail.host)) {
    encrypted('mail.security', 'mail', 'tls or starttls');
  }
  if (isReachable(config)) {
    gate.tokens.forEach((token, index) => long(`gate.tokens[${index}]`, token));
    places.push(...placesForOthers(http));
  }
  if (http.publicUrl !== null && isPlainOutside(http.publicUrl)) encrypted('http.publicUrl', 'http', 'https');
  return places;
}

/** `host:port` of another machine; a path is a socket of this one. */
const isOutside = (address: string | null): boolean =>
  address !== null && !address.startsWith('/') && !isLoopback(address.slice(0, address.lastIndexOf(':')));

const noS3Secret: FaultPlace = {
  path: 'materials.s3SecretAccessKey',
  expected: 'the secret key, since materials.s3 is set',
  expectedZh: '设置了 materials.s3，须填写其密钥',
};

/** How the driver reads `sslmode`: what is missing here leaves the connection plain, or believes any certificate. */
const encryptingModes = ['require', 'verify-ca', 'verify-full'];

/** As the driver does, the last of several parameters of one name counts; as libpq reads it, only `verify-full` names the server. */
function isEncrypted(databaseUrl: string): boolean {
  const last = (name: string) => new URLSearchParams(databaseUrl.replace(/^[^?]*/, '')).getAll(name).at(-1);
  const modes = last('uselibpqcompat') === 'true' ? ['verify-full'] : encryptingModes;
  return modes.includes(last('sslmode') ?? '');
}

/** Is the database reached by a socket or a loopback address? */
export function isOnThisMachine(databaseUrl: string): boolean {
  const [, named = ''] = /^\w+:\/\/(?:[^/?#]*@)?(\[[^\]]*\]|[^:/?#]*)/.exec(databaseUrl) ?? [];
  const host = decodeURIComponent(/[?&]host=([^&#]*)/.exec(databaseUrl)?.[1] ?? named);
  return host === '' || host.startsWith('/') || isLoopback(host);
}

const shortestSecretBytes = 16;

/** Of this machine: an address or name of it, as in a URL or alone. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}
