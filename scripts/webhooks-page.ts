import { webhookEventTypes } from '@openbeian/contract';
import { deskEvents, noticeGroups } from '@openbeian/model/filing';
import { webhookWords } from '../packages/console/src/features/webhook/words.ts';

const table = (rows: readonly (readonly string[])[]): string =>
  [
    '| 事件 / Event | 说明 | Meaning | 提醒分类 | Notice |',
    '|---|---|---|---|---|',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n');

const events: Readonly<Record<string, { readonly about: string; readonly group: keyof typeof noticeGroups }>> =
  deskEvents;

function rowsAbout(about: string): string[][] {
  return webhookEventTypes
    .filter((type) => (events[type]?.about ?? 'code') === about)
    .map((type) => {
      const { zh, en } = webhookWords.webhook.type[type];
      const group = noticeGroups[events[type]?.group ?? 'code'];
      return [`\`${type}\``, zh, en, group.zh, group.en];
    });
}

/** docs/webhooks.md. */
export const webhooksPage = (): string => `# Webhook 事件 / Webhook events

由 \`npm run docs\` 生成。每个事件的结构见 OpenAPI 文档（\`/api/v1/openapi.json\` 的 \`webhooks\`）；字段只增不改名。
Written by \`npm run docs\`. The shape of each event is in the OpenAPI document (\`webhooks\` of \`/api/v1/openapi.json\`); fields are added, never renamed.

## 订阅 / Subscribing

在控制台“Webhook”添加地址，或用 \`POST /api/v1/webhooks\`。\`types\` 留空即全部事件；\`filing.*\`、\`record.*\`、\`code.*\` 为一类的全部事件（包括以后新增的）；也可逐个列出。
Add an address under “Webhooks” in the console, or with \`POST /api/v1/webhooks\`. Empty \`types\` are all events; \`filing.*\`, \`record.*\` and \`code.*\` are all events of a family, those of later releases included; or name events one by one.

账号只收到与自己有关的事件；接入商的地址收到全部事件。事件与其起因写在同一事务：只产生一次；投递至少一次，以 \`webhook-id\` 去重。签名和重试见 [ADR 14](adr/0014-webhooks.md)。
An account is sent what concerns it; the provider's own addresses are sent everything. An event is written in the transaction of what it tells, once; deliveries are made at least once: tell repetitions by \`webhook-id\`. Signatures and retries: [ADR 14](adr/0014-webhooks.md).

不含个人信息，也不含审核员或管局写的文字：退回原因是目录中的编号（[rejections.md](rejections.md)），文字在订单页。
Nothing personal, and no words of reviewers or the authority: reasons are ids of the catalogue ([rejections.md](rejections.md)); the words are on the filing's page.

\`\`\`json
{
  "type": "FilingReturned",
  "timestamp": "2026-11-21T01:30:00.000Z",
  "data": {
    "id": "evt_…",
    "filing": {
      "id": "fil_…", "accountId": "acc_…", "kind": "first", "state": "returned", "version": 6,
      "domainName": "example.cn", "serviceKind": "website",
      "subjectNumber": null, "serviceNumber": null, "dueAt": "2027-01-05T16:00:00.000Z"
    },
    "reasons": [{ "field": "service.name", "reasonId": "service.name_too_general" }]
  }
}
\`\`\`

## filing.*

\`data.filing\` 为事件之后的订单；\`version\` 较小的较旧。
\`data.filing\` is the filing after the event; a lower \`version\` is older.

${table(rowsAbout('filing'))}

## record.*

\`data.record\` 为主体备案号、服务备案号和域名；另有 \`move\`、\`demand\` 或 \`cancellation\`。
\`data.record\` has the numbers and the domain; besides there is \`move\`, \`demand\` or \`cancellation\`.

${table(rowsAbout('record'))}

## code.*

\`data.code\` 为授权码（只有末几位）和云资源；\`data.sequence\` 随每个授权码递增。
\`data.code\` has the code (its last characters alone) and its resource; \`data.sequence\` rises for each code.

${table(rowsAbout('code'))}
`;
