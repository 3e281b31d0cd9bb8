import type { HelpText } from './help-text.ts';

/** What the provider's own people ask: reviewers, operators and auditors. */
export const providerHelp: readonly HelpText[] = [
  {
    id: 'review-work',
    topics: ['page:review'],
    zh: {
      title: '怎样初审一份订单？认领、驳回、复核是什么？',
      body: '在“待审订单”认领订单，认领期间只有您能处理；到期未处理的，他人可以认领。逐项核对后选择通过或驳回。\n- 驳回：从驳回原因中选择，指明栏目；客户只需修改被驳回的项。\n- 请客户补充：订单不退回，由客户在期限内回答或更换图片；逾期未答的自动退回。\n- 复核：按设置抽取的订单须由另一名审核员再看一次。\n- 查看隐藏的个人信息须先认领，每次查看计入本班次的次数并记入审计。',
    },
    en: {
      title: 'How do I review a filing, and what are claims, rejections and second looks?',
      body: 'Claim a filing in the review queue: while the claim lasts only you can work on it; after that others may claim it. Check each item, then approve or reject.\n- Reject: choose reasons from the list and name the field. The customer fixes only those.\n- Ask the customer: the filing is not returned. The customer answers or replaces a picture in time, or it is returned automatically.\n- Second look: filings that the settings select are checked by another reviewer.\n- Claim before you reveal personal data; each reveal counts towards your shift’s limit and is logged.',
    },
    asked: {
      zh: ['认领', '待审订单', '审核台', '审核页面', '认领订单', '领取订单', '复核', '请客户补充', '审核员'],
      en: ['review queue', 'reviewing page', 'claim', 'second look', 'reviewer', 'ask the customer'],
    },
    source: ['TC-REVIEW', 'openbeian'],
  },
  {
    id: 'accounts-page',
    topics: ['page:accounts'],
    zh: {
      title: '“账号”页面列的是什么？怎样增加客户账号？',
      body: '列出客户账号及其实名类型。账号随资源清单导入，不在本页新增；实名类型影响能否生成授权码，变化时请重新导入。登录用户在“人员”页面管理：账号可以有多名用户。',
    },
    en: {
      title: 'What does the accounts page list, and how is a customer account added?',
      body: 'Customer accounts with their real-name verification type. Accounts come with the inventory you import and are not added here. The type affects whether codes can be created: import again when it changes. Those who sign in are managed under “People”; an account can have several.',
    },
    asked: {
      zh: ['客户账号', '新增账号', '实名类型'],
      en: ['customer accounts', 'add an account', 'accounts page'],
    },
    source: ['tencent-code-faq', 'openbeian'],
  },
  {
    id: 'inventory-import',
    topics: ['page:inventory', 'page:accounts'],
    zh: {
      title: '怎样导入账号和云资源清单？',
      body: '在“导入资源”上传、拖入或粘贴清单：YAML、JSON、每行一条的 JSON、CSV、XLSX，或云厂商查询接口的返回。表格按表头对应各列，可以调整。先“预览变更”：新增、变更、清单中没有的资源，以及会受影响的授权码、备案订单和备案，再“导入”。任何一处有误都会指明行、列和字段。清单中没有列出的资源不会因此删除；声明清单完整时，可将其标记为已释放。导入后，受影响的资源和授权码立即按新的数据重新判断。也可以用 openbeian import 转换各云的导出文件，或用 openbeian sync 定期同步。',
    },
    en: {
      title: 'How do I import accounts and resources?',
      body: 'Under “Import resources”, upload, drop or paste an inventory: YAML, JSON, JSON lines, CSV, XLSX, or a cloud’s own response. Columns of a table are matched by their header and can be changed. “Preview changes” shows what is new, changed or not listed, and which codes, filings and records would be affected; then import. Each error names line, column and field. Resources that the inventory does not name stay as they are; of a complete inventory they can be marked as released. Resources and codes are then evaluated by the new data. “openbeian import” converts the exports of clouds, and “openbeian sync” fetches them regularly.',
    },
    asked: {
      zh: [
        '导入',
        '清单',
        '资源清单',
        '导入清单',
        '导入资源',
        '批量导入',
        '台账',
        '预检',
        '上传资源',
        '预览变更',
        'Excel',
        '模板',
      ],
      en: [
        'import',
        'inventory',
        'import resources',
        'upload inventory',
        'dry run',
        'YAML',
        'Excel',
        'CSV',
        'template',
        'preview',
      ],
    },
    source: ['openbeian', 'tencent-api', 'alibaba-api'],
  },
  {
    id: 'operations-page',
    topics: ['page:operations'],
    zh: {
      title: '运行状态显示“需处理”怎么办？',
      body: '每一项下面的“应做”写明处理办法；排除原因后，已搁置的任务可就地重试，已停止的管局线路可就地恢复，其余的点击“查看”。\n- 没有 worker 在运行：报送、管局消息、邮件和 Webhook 都会等待，请启动 worker。\n- 网关没有来读取变更：它仍按已有的数据判断，但新备案和注销不会生效。\n- 无法得知：本系统看不到，按所写的办法设置后即可显示；不计入“需处理”。\n各项的来源和界限见文档 monitoring。',
    },
    en: {
      title: 'What do I do when “Operations” shows an item that needs attention?',
      body: '“To do” below each item says how to fix it. Once the cause is gone, parked work is retried and a stopped line resumed right there; for the rest choose “Open”.\n- No worker is running: hand-overs, messages of the authority, email and webhooks wait. Start a worker.\n- A gate does not ask for changes: it goes on deciding by what it has, but new filings and cancellations do not take effect there.\n- Not known: this system cannot see it. Set what is named, and it is shown; it does not count as needing attention.\nWhere each item comes from, and its limits, is in “monitoring” of the documentation.',
    },
    asked: {
      zh: [
        '运行状态',
        '系统状态',
        '需处理',
        '异常',
        '健康检查',
        '网关离线',
        'worker 没有运行',
        '证书到期',
        '时钟不一致',
      ],
      en: ['operations', 'system status', 'health', 'gate offline', 'no worker', 'certificate expiry', 'clock'],
    },
    source: ['openbeian'],
  },
  {
    id: 'background-jobs',
    topics: ['page:jobs'],
    zh: {
      title: '后台任务失败或已搁置怎么办？',
      body: '失败的任务会自动重试，间隔逐次加长；多次失败后搁置，不再自动重试。请按“最近的错误”排除故障，再点击“重试”；同类任务可以一并重试。搁置期间相应的工作（如提交管局、发送通知）不会进行，订单停在原状态。',
    },
    en: {
      title: 'What do I do about failed or parked background jobs?',
      body: 'A failed job is retried automatically at growing intervals. After several failures it is parked and waits for you. Fix what the last error says, then retry it; all parked jobs of a kind can be retried together. While a job is parked its work (sending a filing to the authority, a notice) is not done and the filing stays where it is.',
    },
    asked: {
      zh: ['任务', '任务失败', '任务重试', '搁置', '后台任务', '队列'],
      en: ['jobs', 'job failed', 'parked job', 'background jobs', 'retry a job', 'queue'],
    },
    source: ['openbeian'],
  },
  {
    id: 'audit-log',
    topics: ['page:audit'],
    zh: {
      title: '审计记录什么？怎样查找和校验？',
      body: '记录每次变更、每次查看个人信息或完整授权码、每次被拒绝的越权请求：何人、何时、从哪个地址、对什么做了什么。记录不含个人信息，不能修改，只按保留期限整日清除。可按操作者、操作、对象编号和日期筛选；用 openbeian audit verify 校验记录是否被改动。',
    },
    en: {
      title: 'What does the audit log record, and how do I search and verify it?',
      body: 'Every change, every reveal of personal data or whole codes, and every refused request beyond somebody’s rights: who, when, from which address, and what it was done to. Entries hold no personal data and cannot be edited; only whole days are cleared when their retention ends. Filter by actor, action, object ID and date. “openbeian audit verify” checks that nothing was altered.',
    },
    asked: {
      zh: ['审计', '日志', '审计日志', '操作日志', '操作记录', '谁改的', '谁看过', '留痕'],
      en: ['audit', 'audit log', 'audit trail', 'who changed it', 'who viewed it'],
    },
    source: ['openbeian'],
  },
  {
    id: 'authority-line',
    topics: ['page:authority'],
    zh: {
      title: '管局线路暂停或已停止怎么办？',
      body: '线路是向一个省管局报送的通道，数据包按序号逐个报送。\n- 暂停：管局暂时不受理，到时自动继续。\n- 已停止：结果要求停止，或口令、密钥、地址有误。排除原因后点击“恢复”。\n- 不清楚是否收到：系统先向管局查询上一个序号，再以同一序号续报，不会漏报或重报。\n“待处理事项”须由您处理：重新报送、退回客户、登记备案号或指明所属订单。没有接口的省，请在订单页打印录入表，在管局系统录入后填回结果。',
    },
    en: {
      title: 'What do I do when a line to an authority is closed or stopped?',
      body: 'A line sends to one province’s authority, package by package in sequence.\n- Closed: the authority takes nothing for now; sending goes on by itself.\n- Stopped: a result demanded it, or password, key or address is wrong. Fix the cause, then resume.\n- May have arrived: the authority is asked for the last number first, and the same package is sent under the same number, so nothing is lost or sent twice.\nOpen cases wait for you: send again, return to the customer, enter the numbers, or name the filing. For a province without an interface, print the entry sheet of the filing, enter it there and enter the result here.',
    },
    asked: {
      zh: ['管局线路', '线路停止', '报送失败', '数据包', '报文', '序号', '待处理事项', '恢复线路', '录入管局结果'],
      en: ['authority line', 'line stopped', 'packages', 'sequence', 'open cases', 'resume', 'entry sheet'],
    },
    source: ['ISP-V3', 'openbeian'],
  },
  {
    id: 'reconciliation',
    topics: ['page:authority'],
    zh: {
      title: '怎样与管局对账？差异如何处理？',
      body: '在“管局线路”点击某省的“对账”。对账在后台逐条比对网站备案，不影响报送；管局不受理时等待。每处差异选择一种处理方式：\n- 采信管局：按管局的数据更新本系统。管局没有或已注销的，本系统也注销，域名随即阻断。\n- 重新报送：以本系统的数据向管局更正；管局没有的会取得新的备案号。\n- 管局有而本系统没有的：登记到您指定的账号。\n- 已知晓：不作处理。',
    },
    en: {
      title: 'How do I reconcile with the authority, and what do I do about differences?',
      body: 'Under “Lines to authorities” start the reconciliation of a province. It compares site by site in the background without holding up filings, and waits while the authority takes no questions. Choose for each difference:\n- The authority’s word: this system is updated. What is missing or cancelled there is cancelled here, and the domain is blocked.\n- Send ours again: the authority is corrected; what it does not have gets a new number.\n- Only there: enter it for the account that you name.\n- Seen: nothing is done.',
    },
    asked: {
      zh: ['对账', '差异', '比对管局数据', '管局有本系统没有', '处理差异'],
      en: ['reconciliation', 'reconcile', 'differences', 'compare with the authority', 'repair a difference'],
    },
    source: ['ISP-V3', 'openbeian'],
  },
];
