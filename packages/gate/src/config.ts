import { invalidInput, parseSafely } from '@openbeian/model/fault';
import { numberPolicySchema } from '@openbeian/model/gate';
import { z } from 'zod';
import { readPublicKey } from './pinned-key.ts';

const webUrl = z
  .url({ protocol: /^https?$/ })
  .refine((text) => !/[\s"'<>]/.test(text), { params: { zh: '应为 http(s) 网址', en: 'expected an http(s) URL' } });

const dayMs = 86_400_000;

const regionName = z.enum(['cn-mainland', 'hk', 'overseas']);

const address = {
  host: z.string().min(1).optional(),
  port: z.int().min(0).max(65_535).optional(),
  /**
   * A Unix socket, in the place of host and port: for proxies on this machine, which then need less time for a question. Whoever may write it
   * may ask (mode 660: the gate's user and group). The system allows some 100 bytes.
   */
  path: z.string().startsWith('/').max(100).optional(),
};

interface Address {
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly path?: string | undefined;
}

const isOneAddress = ({ host, port, path }: Address) =>
  path === undefined || (host === undefined && port === undefined);
const oneAddress = {
  params: { zh: 'path 不能与 host、port 同时使用', en: 'expected either path or host and port' },
};
/** What is left out; a configuration that was read can be read again. */
const withDefaults = ({ host = '127.0.0.1', port, path }: Address, defaultPort: number): Address =>
  path === undefined ? { host, port: port ?? defaultPort } : { path };

const isHere = (url: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(new URL(url).hostname);

const publicKey = z.string().refine((text) => readPublicKey(text) !== null, {
  params: {
    zh: '应为 Ed25519 或 SM2 公钥（SPKI）的 base64',
    en: 'expected a public key of Ed25519 or SM2 (SPKI) in base64',
  },
});

/** That any valid number will do, and the document that says so. */
const numberPolicy = numberPolicySchema.extend({
  /**
   * Names that this provider has no record of, with their numbers: lines `example.cn 京ICP备11018762号-1`, written by
   * what takes customers' domains once it has verified the number. Read again when the file changes.
   */
  numbersFile: z.string().min(1).optional(),
});

/** An address for proxies that serve in one region, or by a policy of their own. */
const listener = z
  .strictObject({
    ...address,
    /** Where these proxies serve; absent: as the gate. */
    region: regionName.optional(),
    /** As the gate's own, for the proxies that ask here; `false`: this provider must access the record itself. */
    anyNumberSuffices: z.union([numberPolicy, z.literal(false)]).optional(),
  })
  .refine(({ region, anyNumberSuffices }) => region !== undefined || anyNumberSuffices !== undefined, {
    params: {
      zh: '应写明 region 或 anyNumberSuffices，否则与 listen 无异',
      en: 'expected region or anyNumberSuffices; without them it is the same as listen',
    },
  })
  .refine(isOneAddress, oneAddress)
  .refine(({ port, path }) => port !== undefined || path !== undefined, {
    path: ['port'],
    params: { zh: '应写明 port 或 path', en: 'expected port or path' },
  })
  .transform(({ host, port, path, ...more }) => ({ ...more, ...withDefaults({ host, port, path }, 0) }));

const gateConfigSchema = z
  .strictObject({
    listen: z
      .strictObject(address)
      .refine(isOneAddress, oneAddress)
      .prefault({})
      .transform((given) => withDefaults(given, 8090)),
    /** Further addresses, each for the proxies of one region or policy: what is asked there is evaluated by that. */
    listenFor: z.array(listener).max(100).default([]),
    /**
     * Threads that answer, over one copy of the table. With several, those of one address share its port (SO_REUSEPORT); of a
     * `path` the second listens on `<path>.1`, the third on `<path>.2`: name all of them in the proxy.
     */
    threads: z.int().min(1).max(64).default(1),
    /** By which operators know this gate on their page; by default the machine's name and the port. */
    name: z.string().min(1).max(120).optional(),
    /** Root of the control plane's HTTP, e.g. https://beian.provider.example. */
    controlUrl: webUrl,
    /** Lets `controlUrl` be plain http outside this machine, inside an isolated network of the provider's own. */
    insecureTransport: z.boolean().default(false),
    /** Bearer token that identifies this gate to the control plane; at least 16 characters outside this machine. */
    token: z
      .string()
      .min(8)
      .max(500)
      .regex(/^[\x21-\x7e]+$/),
    /**
     * Where the last snapshot is kept, so that the gate starts without the control plane. The changes since then are in
     * `<snapshotFile>.changes`.
     */
    snapshotFile: z.string().min(1),
    /**
     * Public keys by which the control plane signs snapshots and changes (`openbeian gate keys`), as base64: what none of them
     * signed is not taken, from the network or from the disk. Required where `controlUrl` is not on this machine.
     */
    controlKeys: z.array(publicKey).min(1).max(10).optional(),
    /**
     * With `controlKeys`: where the newest position is noted, so that an older snapshot that is put back is refused. By default
     * `<snapshotFile>.seen`; better in a folder that only the gate may write.
     */
    seenFile: z.string().min(1).optional(),
    /**
     * Where readers beside the gate find the snapshot and, as `<readersFile>.overlay`, what changed since
     * (docs/gate-snapshot.md); without it nothing is put there.
     */
    readersFile: z.string().min(1).optional(),
    /** Where the proxies of this gate serve; default: the region in the snapshot. */
    region: regionName.optional(),
    /**
     * Name of a header with which the proxy states, in every question, in which region it serves the request: cn-mainland, hk
     * or overseas. Anything else counts as the mainland. Only for proxies that set it themselves, always: a visitor's own
     * header of that name would open every name.
     */
    regionHeader: z
      .string()
      .max(100)
      .regex(/^[!#$%&'*+.^`|~\w-]+$/)
      .transform((name) => name.toLowerCase())
      .optional(),
    /**
     * The gate is in front of a CDN or another service that only delivers what an origin serves: a name is served with any valid
     * number, filed through whichever provider. With the source that says so, which `/explain` names. Absent: this provider
     * must access the record itself. What `listenFor` says for an address goes before it there.
     */
    anyNumberSuffices: numberPolicy.optional(),
    /** Public URL of this gate's /blocked, for proxies that redirect; a path works where they serve it themselves. */
    blockPage: z.union([webUrl, z.string().regex(/^\/[\w./-]*$/)]).default('/blocked'),
    /**
     * What a visitor of a name that is not served gets: the block page itself (403), or a redirect to `blockPage` (302).
     * The redirect needs a full URL, on a name that is served: a path would lead back to the name that is not.
     */
    refusal: z.enum(['page', 'redirect']).default('page'),
    /** Public URL of this gate's /explain; by default beside `blockPage`, where that is a full URL. */
    explainUrl: webUrl.optional(),
    /**
     * Certificates by ACME HTTP-01 for names that are not filed yet: `allow` lets requests for exactly such a challenge
     * through, never for names closed by order.
     */
    acmeChallenge: z.enum(['allow', 'block']).default('block'),
    /** Link on the block page, for the owner of a name. */
    consoleUrl: webUrl.optional(),
    /** A snapshot that the control plane has not confirmed for so long decides nothing any more. */
    snapshotMaxAgeMs: z
      .int()
      .min(1000)
      .default(7 * dayMs),
    /** What to answer while nothing can be decided. `block` keeps the provider's duty, `allow` keeps the sites up. */
    onNoSnapshot: z.enum(['allow', 'block']).default('block'),
    onSnapshotTooOld: z.enum(['allow', 'block']).default('block'),
    /** What to answer for a host that is not a valid name: old clients and health checks may send such. */
    onMalformedHost: z.enum(['allow', 'block']).default('block'),
    /**
     * After so many changes a newer snapshot is fetched, in the background: the gate reads all changes since its snapshot when
     * it starts.
     */
    renewAfterChanges: z.int().min(1).max(10_000_000).default(50_000),
    /** How long who asks may take, and how long a connection is kept between two questions: longer than proxies keep theirs. */
    timeouts: z
      .strictObject({
        headersMs: z.int().min(100).max(120_000).default(10_000),
        requestMs: z.int().min(100).max(600_000).default(30_000),
        idleMs: z.int().min(100).max(600_000).default(75_000),
      })
      .prefault({}),
    /** Connections that one address may hold at once; a proxy asks for all its visitors, so it needs many. */
    connectionsPerAddress: z.int().min(1).max(1_000_000).default(4000),
    /** How long the control plane may hold a question for changes. */
    waitMs: z.int().min(0).max(30_000).default(20_000),
  })
  .refine(
    ({ controlUrl, insecureTransport }) => insecureTransport || !controlUrl.startsWith('http:') || isHere(controlUrl),
    {
      path: ['controlUrl'],
      params: {
        zh: '不在本机时应为 https 网址（自有的隔离网络可设置 insecureTransport: true）',
        en: 'expected https outside this machine (or insecureTransport: true in an isolated network of your own)',
      },
    },
  )
  .refine(({ controlUrl, token }) => token.length >= 16 || isHere(controlUrl), {
    path: ['token'],
    params: {
      zh: '在本机以外使用，至少应为 16 个字符，可用 openssl rand -base64 24 生成',
      en: 'expected 16 characters at least outside this machine, e.g. from: openssl rand -base64 24',
    },
  })
  .refine(({ controlUrl, controlKeys }) => controlKeys !== undefined || isHere(controlUrl), {
    path: ['controlKeys'],
    params: {
      zh: 'controlUrl 不在本机时应给出控制面的公钥（openbeian gate keys）',
      en: 'expected the control plane’s public key where controlUrl is not on this machine (openbeian gate keys)',
    },
  })
  .refine(({ refusal, blockPage }) => refusal === 'page' || !blockPage.startsWith('/'), {
    path: ['blockPage'],
    params: { zh: 'refusal 为 redirect 时应为完整网址', en: 'expected a full URL where refusal is redirect' },
  });

/** The gate's configuration as an operator writes it. */
export type GateConfigInput = z.input<typeof gateConfigSchema>;
export type GateConfig = z.output<typeof gateConfigSchema>;

/**
 * Reads a configuration; unknown keys are refused.
 * @throws Fault `input.invalid` with every wrong place.
 */
export function parseGateConfig(document: unknown): GateConfig {
  const parsed = parseSafely(gateConfigSchema, document);
  if (!parsed.success) throw invalidInput(parsed.error);
  return parsed.data;
}
