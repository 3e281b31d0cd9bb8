import { provinces } from '@openbeian/model/province';
import { z } from 'zod';
import { secretSetting, setting } from './setting.ts';

const httpUrl = z.url({ protocol: /^https?$/ });
const provinceCode = z.enum(provinces.map(({ code }) => code));

/** Where filings are handed over, and how. */
export const authoritySchema = z.strictObject({
  adapter: setting(
    z.enum(['plain', 'manual']).default('plain'),
    '报送方式：plain 经接口自动报送；manual 没有接口，由运营人员在管局系统中录入，并把结果填回本系统',
    'How filings are handed over. plain: over the interface. manual: there is none; operators enter them in the authority’s own form, and its results here',
  ),
  url: setting(
    httpUrl.nullable().default(null),
    '管局接口地址；adapter 为 manual 时不填',
    'Address of the authority’s interface; not with the adapter manual',
  ),
  secret: secretSetting(
    z.string().min(1).max(2000).nullable().default(null),
    '管局接口的共享密钥；adapter 为 manual 时不填',
    'Shared secret of the authority’s interface; not with the adapter manual',
  ),
  timeoutMs: setting(
    z.int().min(100).max(120_000).default(10_000),
    '一次交互的最长毫秒数',
    'How long one exchange may take',
  ),
  perProvince: setting(
    z.int().min(1).max(64).default(4),
    '同时向一个省的管局报送的订单数上限，所有 worker 合计；各省互不等待',
    'Filings that are handed over to one province at a time, all workers together; provinces do not wait for each other',
  ),
  provincesInTurn: setting(
    z.array(provinceCode).default([]),
    '必须按顺序逐件报送的省（六位行政区划代码）：前一件的结果明确之后才报送下一件',
    'Provinces (division codes) that take filings strictly in turn: the next one only when it is known what became of the one before',
  ),
  smsPageUrl: setting(
    httpUrl.nullable().default(null),
    '短信核验页面的地址；不设则只提示到部级系统核验',
    'Page where the SMS is confirmed; unset where that is the ministry’s own site only',
  ),
  pagesUrl: setting(
    httpUrl.nullable().default(null),
    '模拟管局的网页地址；真实管局不设',
    'Pages of the simulated authority; unset with a real one',
  ),
});
