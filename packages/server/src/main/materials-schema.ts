import { z } from 'zod';
import { secretSetting, setting } from './setting.ts';

const text = z.string().min(1).max(1000);

/** Pictures that customers upload. */
export const materialsSchema = z
  .strictObject({
    required: setting(
      z.boolean().default(true),
      '缺少必交材料的订单不能提交',
      'Filings cannot be submitted while a compulsory material is missing',
    ),
    directory: setting(
      text.nullable().default(null),
      '存放材料图片（已加密）的目录；不设则为 database.directory 之下的 materials。各进程须能访问同一目录，否则请用 s3',
      'Directory of the pictures, which are sealed; materials below database.directory unless set. Every process must reach the same one; else use s3',
    ),
    s3: setting(
      z
        .strictObject({
          endpoint: z.url({ protocol: /^https?$/ }),
          region: text.default('us-east-1'),
          bucket: text,
          prefix: z
            .string()
            .max(200)
            .regex(/^[A-Za-z0-9._/-]*$/)
            .default(''),
          accessKeyId: text,
        })
        .nullable()
        .default(null),
      '改用兼容 S3 的对象存储：{endpoint, region, bucket, prefix, accessKeyId}；共用一个 bucket 的部署须有各自的 prefix',
      'Use an S3-compatible store instead: {endpoint, region, bucket, prefix, accessKeyId}; deployments that share a bucket need a prefix each',
    ),
    s3SecretAccessKey: secretSetting(
      text.nullable().default(null),
      's3 的密钥；设了 s3 时必填',
      'Secret key for s3; needed with s3',
    ),
    s3TimeoutMs: setting(
      z.int().min(100).max(300_000).default(30_000),
      '对象存储一次请求的最长毫秒数',
      'How long one request to the S3-compatible store may take',
    ),
    clamd: setting(
      z
        .string()
        .regex(/^(?:\/.{1,100}|(?:[A-Za-z0-9.-]{1,253}|\[[0-9a-fA-F:]+\]):\d{1,5})$/)
        .nullable()
        .default(null),
      '病毒扫描服务 clamd：套接字路径，或 主机:端口；不设则不扫描，并在每张图片上注明',
      'The virus scanner clamd: the path of its socket, or host:port; without one nothing is scanned, and every picture says so',
    ),
    clamdTimeoutMs: setting(
      z.int().min(100).max(300_000).default(30_000),
      '一次病毒扫描的最长毫秒数',
      'How long one scan may take',
    ),
  })
  .prefault({});
