import { z } from 'zod';
import { setting } from './setting.ts';

const limitRule = (limit: number, windowSeconds: number, zh: string, en: string) =>
  z
    .strictObject({
      limit: setting(z.int().min(1).default(limit), `${zh}：次数`, `${en}: how many`),
      windowSeconds: setting(
        z.int().min(1).max(86_400).default(windowSeconds),
        `${zh}：秒数`,
        `${en}: in how many seconds`,
      ),
    })
    .prefault({});

/** How often somebody may do something. */
export const limitsSchema = z
  .strictObject({
    signInPerLogin: limitRule(
      100,
      3600,
      '同一登录名的登录失败，超出后放慢（不拒绝正确的密码）',
      'Failed sign-ins of one login, beyond which they are slowed down (the right password is never refused)',
    ),
    signInPerLoginAndAddress: limitRule(
      10,
      900,
      '同一登录名、同一地址的登录失败，超出后放慢',
      'Failed sign-ins of one login from one address, beyond which they are slowed down',
    ),
    signInPerAddress: limitRule(
      50,
      900,
      '同一地址的登录失败，超出后放慢',
      'Failed sign-ins from one address, beyond which they are slowed down',
    ),
    verifyCodePerAccount: limitRule(20, 600, '同一账号试错授权码', 'Wrong filing codes tried by one account'),
    heldByOthersPerAccount: limitRule(
      5,
      86_400,
      '同一账号提交或申诉时被告知域名、证件属于其他账号',
      'How often submitting or contesting tells an account that a domain or certificate is another’s',
    ),
    requestsPerApiKey: limitRule(1200, 60, '同一 API 密钥的请求', 'Requests of one API key'),
    costPerAccount: limitRule(
      3000,
      60,
      '同一客户账号（含其人员和 API 密钥）或同一名接入商人员的请求费用（各接口的费用见接口文档）',
      'Cost of the requests of one account, with its people and API keys, or of one of the staff; the OpenAPI document has the cost of each operation',
    ),
    costPerAddress: limitRule(
      600,
      60,
      '同一地址未登录的请求费用（公开查询、登录、公开接口）',
      'Cost of requests without a session from one address: the public query, signing in, public operations',
    ),
    lookupsPerAccount: limitRule(
      600,
      3600,
      '同一账号引起的管局查询',
      'Look-ups at the authority that one account causes',
    ),
  })
  .prefault({});

/** How long a visitor may take. */
export const timeoutsSchema = z
  .strictObject({
    headersMs: setting(
      z.int().min(100).max(120_000).default(10_000),
      '收齐请求头的最长毫秒数，从连接建立或上一个请求结束算起',
      'How long the headers of a request may take to arrive',
    ),
    requestMs: setting(
      z.int().min(100).max(600_000).default(60_000),
      '收齐整个请求的最长毫秒数',
      'How long a whole request may take to arrive',
    ),
    idleMs: setting(
      z.int().min(100).max(600_000).default(10_000),
      '两个请求之间保持连接的毫秒数',
      'How long a connection is kept between two requests',
    ),
    stalledMs: setting(
      // Gates wait for changes for 30 seconds.
      z.int().min(40_000).max(600_000).default(90_000),
      '连接毫无往来的最长毫秒数，例如对方不读取应答',
      'How long nothing may come or go on a connection, e.g. an answer that is not read',
    ),
  })
  .prefault({});
