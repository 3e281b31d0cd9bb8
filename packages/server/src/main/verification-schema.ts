import { z } from 'zod';
import { secretSetting, setting } from './setting.ts';

/** Verification of people's identity. */
export const verificationSchema = z
  .strictObject({
    required: setting(
      z.boolean().default(true),
      '负责人未核验的，手机核验的订单不能提交，由审核员核验的订单不能通过初审',
      'While somebody in charge is not verified, a filing cannot be submitted (verified on a telephone) or approved (verified by a reviewer)',
    ),
    url: setting(
      z
        .url({ protocol: /^https?$/ })
        .nullable()
        .default(null),
      '电子化核验服务的地址（docs/verification.md）；不设则由审核员核验',
      'The provider’s verification service (docs/verification.md); without one reviewers verify people',
    ),
    secret: secretSetting(
      z.string().min(16).max(500).nullable().default(null),
      '与核验服务共享的签名密钥；设了 url 时必填',
      'Secret shared with that service, which signs messages both ways; needed with url',
    ),
    timeoutMs: setting(
      z.int().min(100).max(60_000).default(5000),
      '一次核验服务请求的最长毫秒数',
      'How long one request to the service may take',
    ),
  })
  .prefault({});
