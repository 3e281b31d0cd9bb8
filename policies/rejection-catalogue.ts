import { join } from 'node:path';
import { filingKinds, serviceKinds } from '@openbeian/model/filing';
import { provinceFactsSchema } from '@openbeian/model/province';
import { z } from 'zod';
import { readTable } from './read-table.ts';

const shipped = join(import.meta.dirname, 'rejection-catalogue.yaml');

const values = z.record(z.string(), z.unknown());
const filingCase = z.strictObject({
  /** A nature's word; an enterprise's filing unless said. */
  nature: z.string().default('enterprise'),
  /** With which nature the remedy is a filing. */
  remedyNature: z.string().optional(),
  province: z.string().default('440000'),
  kind: z.enum(filingKinds).default('first'),
  service: z.enum(serviceKinds).default('website'),
  breaks: values,
  remedy: values.default({}),
  facts: provinceFactsSchema.default({}),
  fixed: provinceFactsSchema.default({}),
  /** Where the finding is, for rules that many fields have. */
  field: z.string().optional(),
});
const resourceCase = z.strictObject({
  use: z.enum(['file', 'issue']),
  breaks: values,
  realName: z.string().optional(),
});

/** Somebody outside who knows what the form does not. */
export const lookUpPorts = {
  account: { zh: '接入商账号系统', en: 'the provider’s accounts' },
  authority: { zh: '管局的备案数据', en: 'the authority’s records' },
  registration: { zh: '域名注册信息', en: 'the registration of the name' },
  dns: { zh: '域名解析', en: 'DNS' },
  home_page: { zh: '网站首页', en: 'the home page' },
  number_ranges: { zh: '手机号段归属地', en: 'the ranges of mobile numbers' },
  call: { zh: '电话核实', en: 'a call' },
  sms: { zh: '短信核验', en: 'the SMS' },
  pictures: { zh: '材料图片', en: 'pictures of the materials' },
  verification: { zh: '电子化核验', en: 'the electronic verification' },
  registry: { zh: '工商登记', en: 'the registry of units' },
} as const;

const row = z.strictObject({
  id: z.string().regex(/^[A-Z][A-Z0-9_]+$/),
  what: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }),
  how: z.enum(['rule', 'server', 'look_up', 'people']),
  /** Rules, reasons or faults that say it. */
  by: z.array(z.string()).min(1),
  port: z.enum(Object.keys(lookUpPorts) as [keyof typeof lookUpPorts]).optional(), // keys are forgotten by Object.keys
  test: z.string().optional(),
  filing: filingCase.optional(),
  resource: resourceCase.optional(),
});
export type RejectionRow = z.output<typeof row>;

const schema = z.strictObject({
  sets: z.array(z.strictObject({ name: z.string(), rows: z.array(row).min(1) })).min(1),
});

/** Why filings come back, by the source that says so. @throws Fault `input.invalid` naming file and line */
export const loadRejectionCatalogue = (): z.output<typeof schema>['sets'] => readTable(shipped, schema).sets;

const waysShown = {
  rule: { zh: '规则', en: 'a rule' },
  server: { zh: '服务器', en: 'the server' },
  look_up: { zh: '查询后由规则', en: 'a rule, after a look-up' },
  people: { zh: '人工核对', en: 'people' },
} as const;

/** docs/rejections.md, and the figure in one line for whoever generates it. */
export function rejectionPage(): { readonly text: string; readonly figure: string } {
  const sets = loadRejectionCatalogue();
  const all = sets.flatMap(({ rows }) => rows);
  const count = (rows: readonly RejectionRow[], ways: readonly string[]) =>
    rows.filter(({ how }) => ways.includes(how)).length;
  const share = (rows: readonly RejectionRow[]) => {
    const [own, looked] = [count(rows, ['rule', 'server']), count(rows, ['look_up'])];
    const percent = Math.round((100 * (own + looked)) / rows.length);
    return `${own} by rules and the server, ${looked} by a rule once a look-up has answered, of ${rows.length} (${percent} %)`;
  };
  const lines = [
    '# Why filings come back, and what catches it / 驳回原因与预检',
    '',
    '<!-- Generated from policies/rejection-catalogue.yaml by `npm run docs`; a test keeps it current. -->',
    '',
    'Each row is caught before submission by a named rule or refused by the server, or decided by a rule once a look-up has answered,',
    'or is on the reviewer’s check list. Rows that rules decide have a case that shows them caught, and their remedy clearing them.',
    'A rule that waits for a look-up is on the check list until the answer is there; a provider gives answers as `facts`',
    'of `openbeian precheck`.',
    '',
    `Caught: ${share(all)}.`,
  ];
  for (const { name, rows } of sets) {
    lines.push('', `## ${name}`, '', `Caught: ${share(rows)}.`, '');
    lines.push(
      '| Row | 原因 | Reason | 由谁发现 / Caught by | 规则 / Rules | 查询 / Look-up |',
      '|---|---|---|---|---|---|',
    );
    for (const { id, what, how, by, port } of rows) {
      const asked = port === undefined ? '' : `${lookUpPorts[port].zh} / ${lookUpPorts[port].en}`;
      const way = `${waysShown[how].zh} / ${waysShown[how].en}`;
      lines.push(
        `| ${id} | ${what.zh} | ${what.en} | ${way} | ${by.map((one) => `\`${one}\``).join(', ')} | ${asked} |`,
      );
    }
  }
  return { text: `${lines.join('\n')}\n`, figure: `rejections: caught ${share(all)}` };
}
