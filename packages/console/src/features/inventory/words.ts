import type { Words } from '../../language/words.ts';

const kinds = {
  yaml: { zh: 'YAML 清单', en: 'YAML inventory' },
  json: { zh: 'JSON 清单', en: 'JSON inventory' },
  lines: { zh: '每行一条 JSON', en: 'JSON, one per line' },
  csv: { zh: 'CSV 表格', en: 'CSV table' },
  xlsx: { zh: 'XLSX 工作簿', en: 'XLSX workbook' },
} satisfies Words;

const clouds = {
  tencent: { zh: '腾讯云接口返回', en: 'Tencent Cloud response' },
  alibaba: { zh: '阿里云接口返回', en: 'Alibaba Cloud response' },
  huawei: { zh: '华为云接口返回', en: 'Huawei Cloud response' },
  volcengine: { zh: '火山引擎接口返回', en: 'Volcengine response' },
} satisfies Words;

const flaws = {
  syntax: { zh: '文件格式有误', en: 'Invalid file format' },
  syntaxAt: (line: number, column: number) => ({
    zh: `第 ${line} 行第 ${column} 列`,
    en: `line ${line}, column ${column}`,
  }),
  keyTwice: ({ key, line, firstLine }: { key: string; line: number; firstLine: number }) => ({
    zh: `第 ${line} 行：键 ${key} 重复，第 ${firstLine} 行已有，请只保留一个`,
    en: `Line ${line}: the key ${key} is on line ${firstLine} already; keep only one`,
  }),
  empty: { zh: '请先选择文件或粘贴清单。', en: 'Choose a file or paste an inventory first.' },
  notMapping: {
    zh: '清单的最外层应是含有 accounts 和 resources 的对象。',
    en: 'The top level must be an object with accounts and resources.',
  },
  noRows: {
    zh: '表格没有数据：第一行应为表头，其后为云资源。',
    en: 'The table has no rows: the first row is the header, resources follow.',
  },
  openQuote: (line: number, column: number) => ({
    zh: `第 ${line} 行第 ${column} 列的引号没有结束，请补上引号，或删除多余的引号。`,
    en: `The quote at line ${line}, column ${column} is never closed. Close it, or remove it.`,
  }),
  badLine: (line: number) => ({
    zh: `第 ${line} 行不是完整的 JSON 对象：每行应为一台云资源，或含 accounts、resources 的对象。`,
    en: `Line ${line} is not a whole JSON object: each line is a resource, or an object with accounts and resources.`,
  }),
  unreadable: { zh: '无法读取该文件，请重新选择。', en: 'The file cannot be read. Choose it again.' },
  tooLarge: { zh: '文件超过 200 MB，请分成几份导入。', en: 'The file is larger than 200 MB. Import it in parts.' },
  tooLargeYaml: {
    zh: '超过 2 MB 的清单请使用 JSON、CSV 或 XLSX。',
    en: 'Above 2 MB, use JSON, CSV or XLSX instead of YAML.',
  },
  workbook: {
    not_xlsx: { zh: '不是 XLSX 工作簿，请另存为 .xlsx 或 CSV。', en: 'Not an XLSX workbook. Save it as .xlsx or CSV.' },
    encrypted: {
      zh: '工作簿有密码或为旧版 .xls 格式，请去除密码并另存为 .xlsx。',
      en: 'The workbook has a password or is an old .xls file. Remove the password and save it as .xlsx.',
    },
    too_large: {
      zh: '工作簿过大：至多 30 万行、256 列，解压后至多 400 MB。',
      en: 'The workbook is too large: at most 300,000 rows, 256 columns and 400 MB unpacked.',
    },
    damaged: {
      zh: '工作簿已损坏，请用表格软件打开并重新保存。',
      en: 'The workbook is damaged. Open it in a spreadsheet and save it again.',
    },
    no_value: {
      zh: '该单元格的公式没有保存计算结果，请用表格软件打开并重新保存。',
      en: 'The formula in this cell was saved without its value. Open the workbook in a spreadsheet and save it again.',
    },
  },
  cell: (where: string) => ({ zh: `位置：${where}`, en: `At ${where}` }),
} satisfies Words;

const preview = {
  title: { zh: '变更预览', en: 'Changes' },
  nothing: { zh: '没有差异，无需导入。', en: 'No differences; nothing to import.' },
  show: { zh: '预览变更', en: 'Preview changes' },
  comparing: (done: number, all: number) => ({
    zh: `正在比较：${done} / ${all}`,
    en: `Comparing ${done} of ${all}`,
  }),
  part: {
    breaking: { zh: '影响授权码或备案', en: 'Breaks codes or filings' },
    accounts: { zh: '账号', en: 'Accounts' },
    changed: { zh: '变更', en: 'Changed' },
    new: { zh: '新增', en: 'New' },
    gone: { zh: '清单中没有', en: 'Not listed' },
  },
  same: (count: number) => ({
    zh: `另有 ${count} 台没有变化。`,
    en: count === 1 ? '1 more is unchanged.' : `${count} more are unchanged.`,
  }),
  leftOut: (count: number) => ({
    zh: `另有 ${count} 项未逐条列出，数量已计入。`,
    en: `${count} more counted, not listed.`,
  }),
  resource: { zh: '资源', en: 'Resource' },
  account: { zh: '账号', en: 'Account' },
  fields: { zh: '变化', en: 'Changes' },
  absent: { zh: '（无）', en: '(none)' },
  isNew: { zh: '新增', en: 'new' },
  realName: { zh: '实名类型', en: 'Real name' },
  affects: { zh: '受影响', en: 'Affected' },
  code: (tail: string) => ({ zh: `授权码 …${tail}`, en: `code …${tail}` }),
  filing: (name: string) => ({ zh: `备案订单 ${name}`, en: `filing ${name}` }),
  record: (name: string) => ({ zh: `备案 ${name}`, en: `record ${name}` }),
  why: { zh: '原因', en: 'Reasons' },
  goneHint: {
    zh: '导入不会删除它们。确认已不再使用的，可标记为已释放。',
    en: 'Importing deletes nothing. Those no longer in use can be marked as released.',
  },
  release: (count: number) => ({
    zh: `将所列 ${count} 台标记为“已释放”`,
    en: `Mark the ${count} listed as released`,
  }),
} satisfies Words;

export const inventoryWords = {
  inventory: {
    title: { zh: '导入资源', en: 'Import resources' },
    lead: {
      zh: '上传或粘贴账号与云资源清单，预览变更后再导入。支持 YAML、JSON、CSV、XLSX，以及云厂商查询接口的返回。',
      en: 'Upload or paste accounts and resources, preview the changes, then import. YAML, JSON, CSV, XLSX and clouds’ own responses are read.',
    },
    source: { zh: '清单', en: 'Inventory' },
    text: { zh: '清单内容', en: 'Inventory content' },
    paste: { zh: '粘贴内容', en: 'Paste content' },
    drop: { zh: '将文件拖到这里，或', en: 'Drop a file here, or' },
    upload: { zh: '选择文件', en: 'Choose a file' },
    example: { zh: '使用示例', en: 'Use an example' },
    other: { zh: '换一个文件', en: 'Choose another' },
    template: {
      label: { zh: '下载模板', en: 'Download a template' },
      sheet: { zh: '清单', en: 'Inventory' },
    },
    explained: { zh: '字段说明', en: 'Columns explained' },
    columns: {
      name: { zh: '列', en: 'Column' },
      key: { zh: '字段', en: 'Field' },
      about: { zh: '说明', en: 'Explanation' },
      example: { zh: '示例', en: 'Example' },
    },
    reading: { zh: '正在读取…', en: 'Reading…' },
    recognised: (kind: string) => ({ zh: `识别为：${kind}`, en: `Recognised as ${kind}` }),
    rows: (count: number) => ({ zh: `${count} 行`, en: count === 1 ? '1 row' : `${count} rows` }),
    resources: (count: number) => ({ zh: `${count} 台云资源`, en: count === 1 ? '1 resource' : `${count} resources` }),
    kinds,
    clouds,
    flaws,
    mapping: {
      title: { zh: '列的对应', en: 'Columns' },
      hint: {
        zh: '按表头自动对应，可调整；同样的表头下次沿用。表中没有的列可填写固定值。',
        en: 'Matched by the header; adjust as needed. The same header is remembered. A column that is not there can have a fixed value.',
      },
      of: (name: string) => ({ zh: `${name}取自`, en: `${name} from` }),
      none: { zh: '不导入', en: 'Left out' },
      fixed: { zh: '固定值…', en: 'Fixed value…' },
      value: (name: string) => ({ zh: `${name}的固定值`, en: `Fixed value of ${name}` }),
      more: { zh: '显示全部字段', en: 'Show all fields' },
      missing: (names: string) => ({ zh: `尚未对应：${names}`, en: `Not matched: ${names}` }),
      unused: (headers: string) => ({ zh: `不导入的列：${headers}`, en: `Columns not imported: ${headers}` }),
    },
    cloud: {
      title: { zh: '补充信息', en: 'What the response does not say' },
      which: { zh: '云厂商', en: 'Cloud' },
      account: { zh: '所属账号', en: 'Account' },
      realName: { zh: '实名类型', en: 'Real name' },
      unchanged: { zh: '不改变', en: 'Unchanged' },
    },
    complete: {
      label: { zh: '清单范围', en: 'The inventory has' },
      no: { zh: '部分资源（只新增和更新）', en: 'some resources' },
      accounts: { zh: '所列账号、所列产品的全部资源', en: 'all resources of its accounts and products' },
      all: { zh: '所列产品的全部资源', en: 'all resources of its products' },
    },
    preview,
    check: { zh: '预检', en: 'Dry run' },
    load: { zh: '导入', en: 'Import' },
    loading: (done: number, all: number) => ({ zh: `正在导入：${done} / ${all}`, en: `Importing ${done} of ${all}` }),
    releasing: (done: number, all: number) => ({
      zh: `正在标记为已释放：${done} / ${all}`,
      en: `Marking as released: ${done} of ${all}`,
    }),
    stop: { zh: '停止', en: 'Stop' },
    stopping: { zh: '正在停止…', en: 'Stopping…' },
    stopped: { zh: '已停止', en: 'Stopped' },
    stoppedText: {
      importing: (done: number, all: number) => ({
        zh: `${all} 台中已导入 ${done} 台，其余未导入。可重新导入，已导入的不会重复。`,
        en: `${done} of ${all} resources were imported. You can import again; nothing is imported twice.`,
      }),
      releasing: (done: number, all: number) => ({
        zh: `清单已全部导入；没有列出的 ${all} 台中，已处理 ${done} 台，其余未标记为已释放。`,
        en: `The inventory was imported. Of the ${all} not listed, ${done} were dealt with; the others are not marked as released.`,
      }),
    },
    line: (line: number, column: number) => ({
      zh: `第 ${line} 行第 ${column} 列`,
      en: `line ${line}, column ${column}`,
    }),
    cellAt: (cell: string, line: number) => ({ zh: `第 ${line} 行，单元格 ${cell}`, en: `row ${line}, cell ${cell}` }),
    partial: (done: number) => ({
      zh: `此前的 ${done} 台已导入；修正后重新导入即可，已导入的不会重复。`,
      en: `${done} resources before it were imported. Fix the problem and import again; nothing is imported twice.`,
    }),
    partialRelease: (done: number, all: number) => ({
      zh: `清单已全部导入。标记为已释放时出错：${all} 台中已处理 ${done} 台。`,
      en: `The inventory was imported. Marking as released failed: ${done} of ${all} were dealt with.`,
    }),
    done: { zh: '导入完成', en: 'Import complete' },
    doneText: (accounts: number, resources: number) => ({
      zh: `${accounts} 个账号，${resources} 台云资源`,
      en: `Accounts: ${accounts}, resources: ${resources}`,
    }),
    changedCount: (count: number) => ({
      zh: `其中 ${count} 台为新增或有变更。`,
      en: `New or changed: ${count}.`,
    }),
    released: (count: number) => ({ zh: `${count} 台已标记为已释放。`, en: `Marked as released: ${count}.` }),
    kept: (count: number) => ({
      zh: `${count} 台在预览之后有变化，未标记，请重新预览。`,
      en: `${count} changed after the preview and were left as they are. Preview again.`,
    }),
    unchanged: { zh: '无变更。', en: 'No changes.' },
    toResources: { zh: '查看云资源', en: 'View resources' },
    toAccounts: { zh: '查看账号', en: 'View accounts' },
    another: { zh: '再导入一份', en: 'Import another' },
    checked: (count: number) => ({
      zh: `预检完成：${count} 台云资源，未导入`,
      en: `Checked ${count} resources; nothing imported`,
    }),
  },
} satisfies Words;
