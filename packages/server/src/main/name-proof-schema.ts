import { z } from 'zod';
import { secretSetting, setting } from './setting.ts';

/** How accounts show that names are their own. */
export const nameProofSchema = z
  .strictObject({
    dnsServers: setting(
      z.array(z.string().regex(/^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:]+\])(?::\d{1,5})?$/i)).default([]),
      '查询域名验证记录（TXT）所用的 DNS 服务器，形如 223.5.5.5 或 127.0.0.1:5353；不设则用系统的',
      'DNS servers that are asked for TXT records, e.g. 223.5.5.5 or 127.0.0.1:5353; the system’s unless set',
    ),
    timeoutMs: setting(
      z.int().min(100).max(30_000).default(3000),
      '一次 DNS 或注册商查询的最长毫秒数',
      'How long one question to DNS or the registrar may take',
    ),
    tokenDays: setting(
      z.int().min(1).max(90).default(7),
      '域名验证记录值的有效天数',
      'Days for which a value to publish in DNS is good',
    ),
    validDays: setting(
      z.int().min(1).max(365).default(90),
      '域名验证通过后的有效天数',
      'Days for which a name is proven',
    ),
    registrarUrl: setting(
      z
        .url({ protocol: /^https?$/ })
        .nullable()
        .default(null),
      '查询域名持有者的注册商服务地址（docs/security.md）；不设则只用 DNS 验证',
      'Service that knows the registrar’s data of names (docs/security.md); without one DNS alone proves a name',
    ),
    registrarSecret: secretSetting(
      z.string().min(16).max(500).nullable().default(null),
      '注册商服务的共享密钥；设了 registrarUrl 时必填',
      'Shared secret of that service; needed with registrarUrl',
    ),
  })
  .prefault({});
