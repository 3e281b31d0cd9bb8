import { tableColumns } from '@openbeian/model/inventory-table';
import { csvTemplate, yamlTemplate } from '../packages/console/src/features/inventory/templates.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|');

function columnRow({ key, name, about, example, isRequired = false }: (typeof tableColumns)[number]): string {
  const needed = isRequired ? '是 / yes' : '';
  const shown = example === '' ? '' : `\`${example}\``;
  return `| \`${key}\` | ${[needed, name.zh, about.zh, name.en, about.en, shown].map(cell).join(' | ')} |`;
}

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

## 列 / Columns

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
