import { z } from 'zod';
import { authoritySchema } from './authority-schema.ts';
import { limitsSchema, timeoutsSchema } from './http-limits-schema.ts';
import { inventorySchema } from './inventory-schema.ts';
import { keepSchema } from './keep-schema.ts';
import { linksSchema } from './links-schema.ts';
import { lookSchema } from './look-schema.ts';
import { lookUpsSchema } from './look-ups-schema.ts';
import { materialsSchema } from './materials-schema.ts';
import { nameProofSchema } from './name-proof-schema.ts';
import { claimsSchema, reviewSchema } from './review-schema.ts';
import { secretSetting, setting } from './setting.ts';
import { signInSchema } from './sign-in-schema.ts';
import { verificationSchema } from './verification-schema.ts';
import { workerSchema } from './worker-schema.ts';

const text = z.string().min(1).max(2000);
const httpUrl = z.url({ protocol: /^https?$/ });
const port = z.int().min(0).max(65_535);
/** Everything that a deployment can set. Unknown keys are refused. */
const addressOrNetwork = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);

export const configSchema = z.strictObject({
  provider: setting(
    z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/),
    '运行本部署的接入商：规则文件中的 provider，也是备案接入中写的名字',
    'The provider that runs this deployment: its id in the policy files, and in the accesses of records',
  ),
  name: setting(
    z.strictObject({ zh: text, en: text }),
    '接入商名称，显示在登录页；形如 {"zh": "…", "en": "…"}',
    'The provider’s name on the sign-in page, as {"zh": "…", "en": "…"}',
  ),
  database: z
    .strictObject({
      url: secretSetting(
        z
          .string()
          .regex(/^postgres(ql)?:\/\//)
          .nullable()
          .default(null),
        'PostgreSQL 连接串，不在本机时须带 sslmode=verify-full；也可用环境变量 DATABASE_URL。不设则用内置数据库',
        'Connection string of PostgreSQL, with sslmode=verify-full where it is not on this machine; DATABASE_URL sets it too. Without it the embedded database is used',
      ),
      listenUrl: secretSetting(
        z
          .string()
          .regex(/^postgres(ql)?:\/\//)
          .nullable()
          .default(null),
        'worker 接收通知（LISTEN）的连接串；url 经由事务级连接池（如 PgBouncer）时填直连地址。不设则用 url；收不到通知时自动改为按 worker.pollMs 查询',
        'Connection string at which workers hear notifications (LISTEN): PostgreSQL itself where url leads to a pooler that hands out sessions per transaction. url unless set; where nothing is heard, work is asked for at worker.pollMs',
      ),
      replicaUrl: secretSetting(
        z
          .string()
          .regex(/^postgres(ql)?:\/\//)
          .nullable()
          .default(null),
        '只读备库的连接串，要求同 url：列表、统计和公共查询从备库读取；备库落后、失联时自动改读主库',
        'Connection string of a standby, held to the same rules as url: lists, counts and the public query are read there, and from the primary while it is behind or away',
      ),
      replicaMaxLagMs: setting(
        z.int().min(200).max(60_000).default(2000),
        '从备库读到的内容最多落后主库多少毫秒；刚作了修改的人总能看到自己的修改',
        'How old what a standby lacks may be, in milliseconds; whoever has changed something sees it at once',
      ),
      maxConnections: setting(
        z.int().min(1).max(500).default(10),
        '每个进程的 PostgreSQL 连接数上限（主库、备库各计）',
        'PostgreSQL connections of one process at most, of the primary and of the standby each',
      ),
      allowOwner: setting(
        z.boolean().default(false),
        '允许以表的所有者或超级用户身份运行（其可拆除数据库自身的守护）；仅当数据库不在本机时需要设置',
        'Run as the tables’ owner or a superuser, who can take the database’s guards away; asked only where the database is not on this machine',
      ),
      directory: setting(
        text.default('.openbeian'),
        '内置数据库的目录；密钥 keys.json 与网关快照也在其中',
        'Directory of the embedded database, which also holds keys.json',
      ),
    })
    .prefault({}),
  keyRingFile: setting(
    text.nullable().default(null),
    '密钥文件（JSON）。使用 PostgreSQL 时必填，各进程用同一份；内置数据库默认用目录中的 keys.json',
    'The key ring (JSON). Needed with PostgreSQL, the same for every process; the embedded database has keys.json in its directory',
  ),
  insecureTransport: setting(
    z.array(z.enum(['authority', 'database', 'mail', 'http', 'materials'])).default([]),
    '哪些连接可以不加密地离开本机（仅限自有的隔离网络）：authority 管局接口，database PostgreSQL，mail 邮件服务器，http 浏览器与网关到本服务，materials 对象存储与病毒扫描',
    'Connections that may leave this machine unencrypted, inside an isolated network of your own: authority; database (PostgreSQL); mail; http (browsers and gates to this server); materials (S3-compatible store and virus scanner)',
  ),
  policyDirectories: setting(
    z.array(text).min(1).nullable().default(null),
    '规则目录；不设则用随附的规则',
    'Directories of policy files; the bundled ones unless set',
  ),
  provinceDirectories: setting(
    z.array(text).min(1).nullable().default(null),
    '各省管局规则的目录；不设则用随附的规则',
    'Directories of the provinces’ rules; the bundled ones unless set',
  ),
  http: z
    .strictObject({
      host: setting(text.default('127.0.0.1'), '监听地址', 'Address to listen on'),
      port: setting(port.default(8600), '监听端口，0 为任选', 'Port to listen on; 0 takes a free one'),
      publicUrl: setting(
        httpUrl.nullable().default(null),
        '浏览器访问本服务的地址；为 https 时会话 Cookie 只经 https 发送',
        'Where browsers reach this server; with https the session cookie travels over https only',
      ),
      otherHosts: setting(
        z.array(z.string().regex(/^[a-z0-9._-]{1,253}$/i)).default([]),
        '除 publicUrl、IP 地址和 localhost 外，还以哪些主机名访问本服务（如网关、健康检查所用的内部名称）；其他主机名一律拒绝',
        'Host names by which this server is reached besides publicUrl, addresses and localhost, e.g. by gates inside; any other name is refused',
      ),
      hstsIncludeSubDomains: setting(
        z.boolean().default(false),
        'HSTS 是否包含子域名（仅当 publicUrl 之下的所有子域名都支持 https 时启用）',
        'HSTS for subdomains, too; only where everything below publicUrl’s host is https',
      ),
      trustProxy: setting(
        z.union([z.boolean(), z.array(addressOrNetwork).min(1)]).default(false),
        '相信哪些前置代理的 X-Forwarded-For、-Proto、-Host：列出其地址或网段；true 表示相信所有来源，仅在外界无法直连时使用',
        'Whose X-Forwarded-For, -Proto and -Host are believed: a list of the proxies’ addresses and networks; true believes everybody, for when nobody else can connect',
      ),
      metricsToken: secretSetting(
        z
          .string()
          .min(16)
          .max(500)
          .regex(/^[\x21-\x7e]+$/)
          .nullable()
          .default(null),
        '读取 /metrics 的令牌（Authorization: Bearer）；外界可以访问本服务时，须设置令牌或 metricsPort',
        'Token for /metrics (Authorization: Bearer); where others can reach this server, either a token or metricsPort is needed',
      ),
      metricsHost: setting(text.default('127.0.0.1'), 'metricsPort 的监听地址', 'Address for metricsPort'),
      metricsPort: setting(
        port.nullable().default(null),
        '单独提供 /metrics 的端口；设了之后主端口只在带令牌时提供',
        'A port of its own for /metrics; the main port then serves it with a token only',
      ),
      drainMs: setting(
        z.int().min(0).max(120_000).nullable().default(null),
        '停止时先让 /readyz 返回 503、继续服务多少毫秒，再关闭端口，供前置代理摘除；不设时，有 trustProxy 为 6000，否则为 0',
        'When it stops, for how many milliseconds it goes on serving with /readyz at 503 before the port closes, for proxies to notice; unless set, 6000 with trustProxy, else 0',
      ),
      timeouts: timeoutsSchema,
      connectionsPerAddress: setting(
        z.int().min(1).max(100_000).default(200),
        '同一地址同时打开的连接数；本机与 trustProxy 中的代理不限',
        'Connections that one address may hold at once; this machine and proxies in trustProxy are not limited',
      ),
      bodyLimitBytes: setting(
        z.int().min(1024).max(104_857_600).default(8_388_608),
        '请求内容的最大字节数（导入资源以此为限）',
        'Largest request body (an inventory must fit)',
      ),
      limits: limitsSchema,
    })
    .prefault({}),
  signIn: signInSchema,
  inventory: inventorySchema,
  authority: authoritySchema.prefault({}),
  gate: z
    .strictObject({
      tokens: secretSetting(
        z
          .array(
            z
              .string()
              .min(8)
              .max(500)
              .regex(/^[\x21-\x7e]+$/),
          )
          .default([]),
        '各阻断网关的令牌；为空则不提供快照',
        'A token for each gate; without any, no snapshot is given out',
      ),
      signingKeyFile: setting(
        text.nullable().default(null),
        '签名快照与变化的 Ed25519 或 SM2 私钥文件（openbeian gate keys），权限 0600；各网关在 controlKeys 中固定其公钥',
        'Private key of Ed25519 or SM2 that signs snapshots and changes (openbeian gate keys), mode 0600; gates pin its public key in controlKeys',
      ),
      region: setting(
        z.enum(['cn-mainland', 'hk', 'overseas']).default('cn-mainland'),
        '网关所在区域；中国内地以外不阻断',
        'Where the gates serve; outside the mainland nothing is blocked',
      ),
      defaultNames: setting(
        z.array(z.string().min(1).max(253)).default([]),
        '接入商分配给客户的默认域名，其下的名称不阻断',
        'The provider’s own names for customers: they and what is below them are exempt',
      ),
    })
    .prefault({}),
  worker: workerSchema,
  mail: z
    .strictObject({
      host: setting(
        text.nullable().default(null),
        '发送通知邮件的 SMTP 服务器；不设则不发邮件',
        'SMTP server for notices by mail; without one no mail is sent',
      ),
      port: setting(port.default(587), 'SMTP 端口', 'Port of the SMTP server'),
      security: setting(
        z.enum(['tls', 'starttls', 'none']).default('starttls'),
        'tls：一开始就加密；starttls：必须升级为加密；none：不加密，仅用于本机中继',
        'tls: encrypted from the start; starttls: must become so; none: plain, for a relay on this machine',
      ),
      user: setting(text.nullable().default(null), 'SMTP 用户名', 'User name at the SMTP server'),
      password: secretSetting(text.nullable().default(null), 'SMTP 密码', 'Password at the SMTP server'),
      from: setting(
        z.email().nullable().default(null),
        '发件人邮箱，如 beian@example.cn；设了 host 时必填',
        'Sender, e.g. beian@example.cn; needed with host',
      ),
      timeoutMs: setting(
        z.int().min(100).max(60_000).default(10_000),
        '与邮件服务器一次交互的最长毫秒数',
        'How long one exchange with the mail server may take',
      ),
    })
    .prefault({}),
  webhooks: z
    .strictObject({
      allowHttp: setting(
        z.boolean().default(false),
        '允许Webhook 地址使用 http（仅建议内网接收方）',
        'Let webhook endpoints use plain http; for receivers inside only',
      ),
      insideReceivers: setting(
        z
          .array(
            z.strictObject({
              owner: text,
              addresses: z.array(addressOrNetwork).min(1),
              ports: z.array(z.union([port.min(1), z.tuple([port.min(1), port.min(1)])])).min(1),
            }),
          )
          .default([]),
        '允许哪个所有者（账号编号，或 provider 表示接入商自己）向哪些内网地址、端口发送Webhook 通知，形如 [{owner: provider, addresses: [10.1.2.3], ports: [8443, [9000, 9100]]}]；除此之外只发往公网地址，且不保留内网接收方的应答内容',
        'Which owner (an account’s id, or provider) may have events sent to which addresses and ports inside, as [{owner: provider, addresses: [10.1.2.3], ports: [8443, [9000, 9100]]}]; all others must be public, and nothing that a receiver inside answers is kept',
      ),
      timeoutMs: setting(
        z.int().min(100).max(60_000).default(10_000),
        '一次Webhook 通知的最长毫秒数',
        'How long one webhook request may take, in milliseconds',
      ),
      giveUpAfterHours: setting(
        z.int().min(1).max(336).default(72),
        '一条事件从首次发送起，多少小时后放弃',
        'Hours from the first attempt at a delivery until it is given up',
      ),
      pauseAfterDead: setting(
        z.int().min(1).max(10_000).default(20),
        '连续放弃多少条后暂停该地址',
        'Deliveries given up in a row before the endpoint is paused',
      ),
      keepDays: setting(
        z.int().min(1).max(3650).default(30),
        '投递记录与已送出事件的保留天数',
        'Days for which ended deliveries and relayed events are kept',
      ),
      perAccount: setting(
        z.int().min(1).max(1000).default(20),
        '每个账号可登记的Webhook 地址数',
        'Webhook endpoints of one account at most',
      ),
    })
    .prefault({}),
  filings: z
    .strictObject({
      sideBySide: setting(
        z.string().min(1).default('one_per_subject'),
        '同一主体的哪些订单可以同时办理：policies/desk.yaml 中的一种',
        'Which filings of one organiser may be open at once: a variant of policies/desk.yaml',
      ),
    })
    .prefault({}),
  drafts: z
    .strictObject({
      perAccount: setting(
        z.int().min(1).max(10_000).default(30),
        '每个账号同时可有的草稿数',
        'Drafts that one account may have at once',
      ),
      emptyDays: setting(
        z.int().min(1).max(60).default(3),
        '未填写任何内容的草稿，多少天后关闭',
        'Days after which a draft that nobody filled in lapses',
      ),
    })
    .prefault({}),
  nameProof: nameProofSchema,
  lookUps: lookUpsSchema,
  links: linksSchema,
  look: lookSchema,
  materials: materialsSchema,
  verification: verificationSchema,
  claims: claimsSchema,
  review: reviewSchema,
  reveals: z
    .strictObject({
      perShift: setting(
        z.int().min(0).max(10_000).default(30),
        '每名工作人员每班次可查看个人信息的次数，超出后拒绝、记入审计并通知运营人员',
        'How often one of the provider’s people may see personal data in a shift; beyond it is refused, in the audit, and told to the operators',
      ),
      shiftHours: setting(
        z.int().min(1).max(24).default(8),
        '班次时长（小时），自北京时间零点起算',
        'Length of a shift in hours, from midnight in Shanghai on',
      ),
    })
    .prefault({}),
  audit: z
    .strictObject({
      signingKeyFile: setting(
        text.nullable().default(null),
        '签名审计导出文件的 Ed25519 或 SM2 私钥文件（openbeian gate keys 可生成），权限 0600',
        'Private key of Ed25519 or SM2 that signs exports of the audit (openbeian gate keys makes one), mode 0600',
      ),
    })
    .prefault({}),
  keep: keepSchema,
  log: z
    .strictObject({
      level: setting(
        z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
        '日志级别',
        'How much is logged',
      ),
    })
    .prefault({}),
  sample: z
    .strictObject({
      enabled: setting(
        z.boolean().default(false),
        '样例部署：登录页列出样例账号与密码',
        'A sample deployment: the sign-in page lists sample logins with their passwords',
      ),
      onNetwork: setting(
        z.boolean().default(false),
        '允许样例部署监听本机以外的地址（任何人都能用公开的密码登录）',
        'Let a sample deployment listen beyond this machine (anybody can sign in with the published passwords)',
      ),
    })
    .prefault({}),
});

export type Config = z.output<typeof configSchema>;
export type ConfigInput = z.input<typeof configSchema>;

/** One setting: its path and its schema. */
export interface Setting {
  /** e.g. `http.publicUrl` */
  readonly path: readonly string[];
  readonly shape: z.ZodType;
}

/** What a schema is made of; zod types its parts more widely than they are. */
function schemaOf(part: unknown): z.ZodType {
  if (part instanceof z.ZodType) return part;
  throw new TypeError('a part of the configuration schema is no schema');
}

/** All settings, in the schema's order. An object with a description of its own is one setting. */
export function settingsOf(shape: z.ZodType = configSchema, path: readonly string[] = []): Setting[] {
  const inner = unwrapped(shape);
  if (!(inner instanceof z.ZodObject) || describedAs(shape)) return [{ path, shape }];
  return Object.entries(inner.shape).flatMap(([key, part]) => settingsOf(schemaOf(part), [...path, key]));
}

/** `OPENBEIAN_HTTP_PUBLIC_URL` for `http.publicUrl`. */
export function environmentNameOf(path: readonly string[]): string {
  const words = path.map((key) => key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase());
  return `OPENBEIAN_${words.join('_')}`;
}

/** The schema below defaults and nulls. */
export function unwrapped(shape: z.ZodType): z.ZodType {
  if (shape instanceof z.ZodDefault || shape instanceof z.ZodPrefault || shape instanceof z.ZodNullable) {
    return unwrapped(schemaOf(shape.unwrap()));
  }
  return shape;
}

export function describedAs(
  shape: z.ZodType,
): { readonly zh: string; readonly en: string; readonly secret: boolean } | null {
  const { zh, en, secret } = (shape.meta() ?? {}) as { zh?: unknown; en?: unknown; secret?: unknown };
  return typeof zh === 'string' && typeof en === 'string' ? { zh, en, secret: secret === true } : null;
}
