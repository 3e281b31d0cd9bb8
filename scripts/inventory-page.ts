import { tableColumns } from '@openbeian/model/inventory-table';
import { csvTemplate, yamlTemplate } from '../packages/console/src/features/inventory/templates.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|');

function columnRow({ key, name, about, example, isRequired = false }: (typeof tableColumns)[number]): string {
  const needed = isRequired ? '是 / yes' : '';
  const shown = example === '' ? '' : `\`${example}\``;
  return `| \`${key}\` | ${[needed, name.zh, about.zh, name.en, about.en, shown].map(cell).join(' | ')} |`;
}

const syncSection = `## 定期同步 / Scheduled sync

worker 可按 \`inventory.sync\` 定期读取云厂商的列表（与 \`openbeian sync\` 相同），比较后导入。凭证只来自 worker 的环境变量，不进入数据库和日志；由服务进程兼做后台任务的（内置数据库），即服务进程的环境变量。
The worker reads clouds’ lists as \`openbeian sync\` does, compares, and imports them, as \`inventory.sync\` says. Credentials come from the worker’s environment only and are in neither database nor log; with the embedded database that is the server’s environment.

\`\`\`yaml
inventory:
  sync:
    - name: tencent-gz
      cloud: tencent
      regions: [ap-guangzhou, ap-shanghai]
      account: acct-example
      releaseGone: true
\`\`\`

| 键 / Key | 默认 / Default | 说明 | Explanation |
|---|---|---|---|
| \`name\` | | 名称，各项不同：小写字母、数字、连字符 | Its name, unlike the others: a-z, 0-9, - |
| \`cloud\`、\`regions\` | | tencent、alibaba、huawei 或 volcengine；地域编号 | The cloud, and ids of its regions |
| \`account\` | | 购买这些资源的账号编号；没有时新建 | The account that bought them; made where there is none |
| \`realName\` | | 该账号的实名类型；不设则保持已知的 | The account’s real-name kind; unless set, what is known stays |
| \`endpoint\` | | 专有云等的接口地址，可含 \`{service}\`、\`{region}\` | Address of a private edition |
| \`variablesPrefix\` | | 凭证变量名的前缀，用于同一云厂商的多个账号：\`SHOP_\` 即 \`SHOP_TENCENTCLOUD_SECRET_ID\` 等 | Prefix of the variables with its credentials, for several accounts of one cloud |
| \`everyHours\` | 24 | 间隔（小时）。失败后 5 分钟重试，以后每次加倍，至多间隔这么久 | Hours between runs. A failure is tried again after 5 minutes, then twice as long each time, up to this |
| \`timeoutMinutes\` | 15 | 读取的最长分钟数，超过即中止 | Minutes that reading may take |
| \`partial\` | false | true：某地域有列表读不到时，该地域保持不变，其余照常导入；false：全部不导入 | true: a region with a list that cannot be read stays as it is, the others go on; false: nothing is imported |
| \`releaseGone\` | false | true：不再列出的云资源标记为已释放；false：只计数 | true: what is no longer listed is marked as released; false: it is only counted |
| \`mostGone\`、\`mostGonePercent\` | 20、10 | 将要释放的超过这么多台，或超过已知的百分之几，即等待确认 | When more than so many, or so many percent of those known, would be released, it waits for an operator |

导入会使授权码、订单或备案不再符合条件时，或云厂商什么也没有列出而系统中有已知资源时，同样等待确认，且不导入任何内容：云厂商只答了一半，也不会清空清单。“导入资源”页和 \`openbeian work sync NAME --held\` 显示变更；确认后重新读取，只放行所确认的。
It waits just as well, and imports nothing, when a code, a filing or a record would no longer be allowed, or when the cloud lists nothing and something is known: half an answer of a cloud empties no inventory. The page “Import resources” and \`openbeian work sync NAME --held\` show the changes; once confirmed, the cloud is read again, and only what was confirmed passes.

只有整份读到的地域和产品，才会有“不再列出”的资源。列表中没有的内容（首单时长与金额、试用、系统之外已用的名额等）保持不变。每次导入在一个事务中完成。最近一次的结果在“导入资源”页、“运行状态”页、\`openbeian work syncs\` 和监控指标 \`openbeian_inventory_syncs\` 中；\`openbeian work sync NAME\` 立即运行一次。
Only regions and products that were read whole can miss anything. What no list says (first order, trials, quota used elsewhere) stays. A run is imported in one transaction. Its last result is on the pages “Import resources” and “System status”, in \`openbeian work syncs\` and the metric \`openbeian_inventory_syncs\`; \`openbeian work sync NAME\` runs one now.

`;

/** docs/inventory.md. */
export const inventoryPage = (): string => `# 资源清单 / Inventory

由 \`npm run docs\` 生成；列与清单的字段一致，由测试保证。
Written by \`npm run docs\`; a test keeps the columns and the inventory's facts the same.

## 读得懂的格式 / What is read

| 格式 | 说明 | Format | Notes |
|---|---|---|---|
| YAML、JSON | \`accounts\` 与 \`resources\` 两个列表；YAML 至多 2 MB | YAML, JSON | the lists \`accounts\` and \`resources\`; YAML up to 2 MB |
| JSON Lines | 每行一台云资源，或含这两个列表的对象 | JSON Lines | a line is a resource, or an object with those lists |
| CSV | 逗号、分号或制表符分隔；UTF-8 或 GB 18030；第一行为表头 | CSV | separated by commas, semicolons or tabs; UTF-8 or GB 18030; the first row is the header |
| XLSX | 第一个可见的工作表，第一行为表头；至多 30 万行、256 列 | XLSX | the first visible sheet, whose first row is the header; at most 300,000 rows and 256 columns |
| 云厂商接口返回 | 腾讯云、阿里云、华为云、火山引擎的查询接口返回，同 \`openbeian import\` | Clouds' responses | of Tencent Cloud, Alibaba Cloud, Huawei Cloud and Volcengine, as \`openbeian import\` takes them |

控制台“导入资源”按内容识别格式，先预览差异再导入；提供 XLSX、CSV、YAML 模板下载。超过一万台云资源的清单分段比较和导入（实测至 5 万台），见 [ADR 47](adr/0047-inventories-in-pieces.md)。
“Import resources” recognises the format by its content and shows the differences before anything is imported; it offers templates in XLSX, CSV and YAML. Above 10,000 resources (measured up to 50,000) an inventory is compared and imported in pieces: [ADR 47](adr/0047-inventories-in-pieces.md).

不认识的字段会被拒绝并指明位置；没有列出的资源保持不变。\`state\` 默认为 \`running\`，\`trial\` 为 \`false\`，\`used\` 为 0；规则需要而清单没有的信息，判断结果为“待确定”。
Unknown keys are refused at their place; resources that are not listed stay as they are. \`state\` is \`running\`, \`trial\` is \`false\` and \`used\` is 0 unless given; where a rule needs a fact that is missing, the decision is indeterminate.

${syncSection}## 列 / Columns

表头可用字段名、中文名、英文名，或各云控制台导出的常见叫法；对不上的列可在页面上指定，表中没有的可填固定值。
A header may be the field, either name, or what clouds' exports commonly call it; others are chosen on the page, and what a table lacks can have a fixed value.

| 字段 / Field | 必填 / Required | 中文 | 说明 | English | Explanation | 示例 / Example |
|---|---|---|---|---|---|---|
${tableColumns.map(columnRow).join('\n')}

日期写作 \`2026-06-01\`、\`2026/6/1\`、\`2026年6月1日\`，可带时间（北京时间）；到期时间为零点的，最后一天是前一天。
Days are written \`2026-06-01\`, \`2026/6/1\` or \`2026年6月1日\`, with a time of Shanghai if any; a term that ends at midnight has the day before as its last.

## 模板 / Templates

\`\`\`yaml
${yamlTemplate('zh')}\`\`\`

\`\`\`csv
${csvTemplate('en').slice(1).replaceAll('\r\n', '\n')}\`\`\`
`;
