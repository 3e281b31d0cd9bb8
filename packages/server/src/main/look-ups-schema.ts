import { lookUpNames } from '@openbeian/model/province';
import { z } from 'zod';
import { setting } from './setting.ts';

const hours = (least: number) => z.int().min(least).max(720);

/** What services outside are asked about filings under review. Nobody is asked unless named. */
export const lookUpsSchema = z
  .strictObject({
    ask: setting(
      z.array(z.enum(lookUpNames)).default([]),
      '订单提交后自动向外查询哪些项：registration 域名注册信息（RDAP），dns 解析地址，home_page 网站首页；会把域名发给对方。不列出的一概不查，由审核员自行核实',
      'What is asked of services outside once a filing is submitted: registration (RDAP), dns, home_page; each learns the domain. What is not listed is asked of nobody, and reviewers look for themselves',
    ),
    rdapBootstrapFile: setting(
      z.string().min(1).max(1000).nullable().default(null),
      '各后缀的 RDAP 服务（RFC 9224 格式的 JSON 文件，如 IANA 发布的 dns.json）；ask 含 registration 时必填',
      'Which RDAP service answers for which suffix: a JSON file of RFC 9224, such as the dns.json that IANA publishes; needed to ask for registration',
    ),
    insideRegistries: setting(
      z.array(z.union([z.ipv4(), z.ipv6()])).default([]),
      'RDAP 服务可以位于哪些内网地址；其余查询只访问公网地址',
      'Addresses inside at which an RDAP service may be; everything else that is asked must be public',
    ),
    dnsServers: setting(
      z.array(z.string().regex(/^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:]+\])(?::\d{1,5})?$/i)).default([]),
      '查询解析地址所用的 DNS 服务器；不设则用系统的',
      'DNS servers that are asked for addresses; the system’s unless set',
    ),
    timeoutMs: setting(
      z.int().min(100).max(20_000).default(5000),
      '一次查询的最长毫秒数',
      'How long one question may take',
    ),
    attempts: setting(
      z.int().min(1).max(8).default(4),
      '无答复时最多查询几次（间隔逐次加倍），之后由审核员决定是否再查',
      'How often somebody who gives no answer is asked, each time after twice as long; then it is for the reviewer to ask again',
    ),
    validHours: z
      .strictObject({
        registration: setting(
          hours(1).default(24),
          '域名注册信息的有效小时数，过期后预检不再采用',
          'Hours for which what a registry said is used by the check',
        ),
        dns: setting(hours(1).default(6), '解析地址的有效小时数', 'Hours for which addresses are used by the check'),
        home_page: setting(
          hours(1).default(6),
          '网站首页查询结果的有效小时数',
          'Hours for which what a home page showed is used by the check',
        ),
      })
      .prefault({}),
  })
  .prefault({});
