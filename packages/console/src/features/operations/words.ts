import type { Words } from '../../language/words.ts';

export const operationsWords = {
  operations: {
    title: { zh: '运行状态', en: 'System status' },
    lead: {
      zh: '各进程、网关、管局线路、队列和证书是否正常；不正常的，写明应做什么。每 10 秒更新。',
      en: 'Whether processes, gates, lines to the authorities, queues and the certificate are well, and what to do where they are not. Renewed every 10 seconds.',
    },
    overall: { zh: '总体', en: 'Overall' },
    allWell: { zh: '全部正常', en: 'All is well' },
    toDo: (count: number) => ({
      zh: `${count} 项需处理`,
      en: `${count} ${count === 1 ? 'item needs' : 'items need'} attention`,
    }),
    notKnown: (count: number) => ({
      zh: `另有 ${count} 项无法得知`,
      en: `${count} ${count === 1 ? 'item is' : 'items are'} not known here`,
    }),
    states: {
      ok: { zh: '正常', en: 'Well' },
      unknown: { zh: '无法得知', en: 'Not known' },
      attention: { zh: '需处理', en: 'Needs attention' },
      failing: { zh: '异常', en: 'Failing' },
    },
    todo: { zh: '应做：', en: 'To do:' },
    open: { zh: '查看', en: 'Open' },
    openOf: (name: string) => ({ zh: `查看：${name}`, en: `Open: ${name}` }),
    retryAll: (kind: string) => ({ zh: `重试全部已搁置的“${kind}”`, en: `Retry all parked: ${kind}` }),
    retryAllLead: {
      zh: '该种任务中所有已搁置的都会立即重试。请先排除故障。',
      en: 'All parked jobs of this kind are retried now. Fix the cause first.',
    },
    resume: (line: string) => ({ zh: `恢复线路：${line}`, en: `Resume the line: ${line}` }),
    resumeLead: {
      zh: '恢复后立即继续向该省报送。请先排除停止的原因。',
      en: 'Filings go to this province again at once. Remove the cause first.',
    },
    resumed: { zh: '线路已恢复', en: 'Line resumed' },
    retried: (count: number) => ({ zh: `已开始重试 ${count} 项`, en: `${count} retried now` }),
    groups: {
      processes: { zh: '进程与数据库', en: 'Processes and database' },
      gates: { zh: '阻断网关', en: 'Gates' },
      authority: { zh: '管局', en: 'Authorities' },
      work: { zh: '后台任务', en: 'Background work' },
      notices: { zh: '通知', en: 'Notices' },
      safety: { zh: '密钥、文件与证书', en: 'Keys, files and certificate' },
    },
    items: {
      database: { zh: '数据库', en: 'Database' },
      replica: { zh: '备库读取', en: 'Standby' },
      migrations: { zh: '数据库结构', en: 'Schema' },
      servers: { zh: '服务器', en: 'Servers' },
      workers: { zh: '后台进程（worker）', en: 'Workers' },
      clock: { zh: '时钟', en: 'Clocks' },
      gates: { zh: '网关', en: 'Gates' },
      lines: { zh: '管局线路', en: 'Lines to authorities' },
      reconciliation: { zh: '与管局核对', en: 'Comparison with the authorities' },
      parked: { zh: '已搁置的任务', en: 'Parked work' },
      hand_overs: { zh: '报送队列', en: 'Hand-overs' },
      messages: { zh: '管局消息', en: 'Messages of the authorities' },
      events: { zh: '授权码事件', en: 'Code events' },
      inventory_syncs: { zh: '云资源同步', en: 'Sync of resources' },
      webhooks: { zh: 'Webhook（事件订阅）', en: 'Webhooks' },
      mail: { zh: '邮件', en: 'Email' },
      keys: { zh: '密钥环', en: 'Key ring' },
      files: { zh: '材料存储', en: 'Store of materials' },
      certificate: { zh: 'TLS 证书', en: 'TLS certificate' },
    },
    tasksTitle: { zh: '常用操作', en: 'Usual tasks' },
    tasks: {
      cancel: {
        label: { zh: '录入注销', en: 'Enter a cancellation' },
        hint: {
          zh: '在备案记录中选择备案，录入管局的注销',
          en: 'Choose the record, and enter what the authority has cancelled',
        },
      },
      repair: {
        label: { zh: '核对与修复', en: 'Compare and repair' },
        hint: {
          zh: '与管局核对备案，逐项修复差异',
          en: 'Compare the records with the authority’s and repair differences',
        },
      },
      jobs: {
        label: { zh: '重试后台任务', en: 'Retry background work' },
        hint: { zh: '查看失败的任务及原因，重试或搁置', en: 'See failed jobs and their causes; retry or park them' },
      },
      audit: {
        label: { zh: '查看操作记录', en: 'Who did what' },
        hint: { zh: '审计记录', en: 'The audit log' },
      },
    },
  },
} satisfies Words;
