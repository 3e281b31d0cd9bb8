import { realNames } from '@openbeian/model/eligibility';
import { z } from 'zod';
import { setting } from './setting.ts';

/** A name that is not empty and not long. */
const text = z.string().min(1).max(200);
const host = String.raw`[a-z0-9.:{}-]+`;

const sync = z.strictObject({
  name: z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/),
  // As `openbeian sync` knows them; a test keeps them the same.
  cloud: z.enum(['tencent', 'alibaba', 'huawei', 'volcengine']),
  regions: z
    .array(
      z
        .string()
        .max(40)
        .regex(/^[a-z]{2,}(?:-[a-z0-9]+)+$/),
    )
    .min(1)
    .max(100),
  account: text,
  realName: z.enum(realNames).nullable().default(null),
  // Plain HTTP is for this machine only.
  endpoint: z
    .string()
    .regex(new RegExp(`^(?:https://${host}|http://(?:127[.]0[.]0[.]1|(?:[a-z0-9{}-]+[.])*localhost)(?::[0-9]+)?)/?$`))
    .nullable()
    .default(null),
  variablesPrefix: z
    .string()
    .regex(/^(?!OPENBEIAN_)[A-Z][A-Z0-9_]{0,38}_$/)
    .nullable()
    .default(null),
  everyHours: z.int().min(1).max(744).default(24),
  timeoutMinutes: z.int().min(1).max(120).default(15),
  partial: z.boolean().default(false),
  releaseGone: z.boolean().default(false),
  mostGone: z.int().min(0).max(1_000_000).default(20),
  mostGonePercent: z.int().min(0).max(100).default(10),
});

type Sync = z.output<typeof sync>;

/** Two sets of credentials list different resources of the same regions: each would release what only the other one lists. */
const releaseEachOther = (one: Sync, other: Sync): boolean =>
  one !== other &&
  (one.releaseGone || other.releaseGone) &&
  one.cloud === other.cloud &&
  one.account === other.account &&
  (one.variablesPrefix !== other.variablesPrefix || one.endpoint !== other.endpoint) &&
  one.regions.some((region) => other.regions.includes(region));

/** What inventories that are stored or checked here may hold, and which are read from clouds. */
export const inventorySchema = z
  .strictObject({
    exampleAddresses: setting(
      z.boolean().nullable().default(null),
      '资源清单中的公网 IP 可否是文档示例网段的地址（203.0.113.0/24 等）。不设时，仅当外界不能访问本服务（样例、试用）时允许',
      'Whether public addresses in inventories may be of the documentation ranges (203.0.113.0/24 and its like). Unless set, only while nobody else can reach this server, as in a sample or a trial',
    ),
    sync: setting(
      z
        .array(sync)
        .max(100)
        .refine((syncs) => new Set(syncs.map(({ name }) => name)).size === syncs.length, {
          params: { zh: '各项的 name 应各不相同', en: 'expected names that differ' },
        })
        .refine((syncs) => !syncs.some((one) => syncs.some((other) => releaseEachOther(one, other))), {
          params: {
            zh: '用不同凭证读取同一账号同一地域的各项，releaseGone 应为 false：否则会互相释放对方的云资源',
            en: 'expected releaseGone: false where several credentials read the same regions for one account: each would release what only the other one lists',
          },
        })
        .default([]),
      '由 worker 定期读取的云资源清单，形如 [{name: tencent-gz, cloud: tencent, regions: [ap-guangzhou], account: acct-a, everyHours: 24}]；凭证只来自 worker 的环境变量。各键的说明见 docs/inventory.md“定期同步”',
      'Inventories that the worker reads from clouds again and again, as [{name: tencent-gz, cloud: tencent, regions: [ap-guangzhou], account: acct-a, everyHours: 24}]; credentials come from the worker’s environment only. Every key is explained in docs/inventory.md, “Scheduled sync”',
    ),
  })
  .prefault({});
