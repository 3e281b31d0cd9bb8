import type { Words } from '../../language/words.ts';

export const tourWords = {
  tour: {
    offer: { zh: '初次使用？用一分钟认识控制台。', en: 'New here? Take a minute to get to know the console.' },
    start: { zh: '开始导览', en: 'Start the tour' },
    skip: { zh: '不再提示', en: 'Do not show again' },
    step: (at: number, total: number) => ({ zh: `第 ${at} 步，共 ${total} 步`, en: `Step ${at} of ${total}` }),
    keys: { zh: '用 ← → 切换，Esc 结束', en: '← and → move, Esc ends the tour' },
    steps: {
      overview: {
        title: { zh: '概览', en: 'Overview' },
        text: {
          zh: '办理备案需要什么，哪些订单等您处理，都列在这里。',
          en: 'What a filing takes, and which filings wait for you, are listed here.',
        },
      },
      resources: {
        title: { zh: '我的云资源', en: 'My resources' },
        text: {
          zh: '查看每台云资源能否用于备案，不能的写明原因和处理办法。',
          en: 'See which resources can carry a filing, and what to do about those that cannot.',
        },
      },
      filings: {
        title: { zh: '我的备案', en: 'My filings' },
        text: {
          zh: '在这里发起备案、填写信息、上传材料，并查看办理进度。',
          en: 'Start a filing here, fill it in, upload materials and follow its progress.',
        },
      },
      codes: {
        title: { zh: '备案授权码', en: 'Filing codes' },
        text: {
          zh: '域名的备案人没有云资源时，可生成授权码供其使用。',
          en: 'Create a code for somebody who files a domain on one of your resources.',
        },
      },
      records: {
        title: { zh: '备案记录', en: 'Filing records' },
        text: {
          zh: '取得备案号后，在这里变更、注销，或把备案用于其他资源。',
          en: 'Once there is a number, change or cancel it here, or use it on another resource.',
        },
      },
      members: {
        title: { zh: '成员', en: 'Members' },
        text: {
          zh: '邀请同事使用本账号，并设置各人的权限。',
          en: 'Invite colleagues into the account and set what each may do.',
        },
      },
      bell: {
        title: { zh: '通知', en: 'Notices' },
        text: {
          zh: '订单的每一步都会通知，短信核验须在 24 小时内完成。',
          en: 'Each step of a filing is told here; the SMS must be confirmed within 24 hours.',
        },
      },
      search: {
        title: { zh: '搜索', en: 'Search' },
        text: {
          zh: '按 / 搜索域名、备案号、资源、授权码和帮助；按 ? 查看快捷键。',
          en: 'Press / to search domains, numbers, resources, codes and the help; press ? for the shortcuts.',
        },
      },
      help: {
        title: { zh: '帮助', en: 'Help' },
        text: {
          zh: '常见问题和说明都在这里，也可从这里再次开始导览。',
          en: 'Answers to common questions. The tour can be started again from here.',
        },
      },
      queue: {
        title: { zh: '待审订单', en: 'Review queue' },
        text: {
          zh: '领取下一份订单开始初审；全程可用键盘操作。',
          en: 'Claim the next filing to review it; the keyboard is enough for all of it.',
        },
      },
      allFilings: {
        title: { zh: '备案订单', en: 'Filings' },
        text: {
          zh: '查看所有订单所处的环节、当前处理人和期限。',
          en: 'See where each filing is, who acts next and when it is due.',
        },
      },
      status: {
        title: { zh: '运行状态', en: 'System status' },
        text: {
          zh: '网关、管局线路、后台任务和证书是否正常，异常的写明如何处理。',
          en: 'Whether gates, lines to authorities, jobs and certificates are well, and what to do where they are not.',
        },
      },
      people: {
        title: { zh: '账号与人员', en: 'Accounts and people' },
        text: {
          zh: '查看客户账号，邀请审核和运营人员，处理登录问题。',
          en: 'Look up customers’ accounts, invite reviewers and operators, and solve sign-in problems.',
        },
      },
      inventory: {
        title: { zh: '导入资源', en: 'Import resources' },
        text: {
          zh: '导入云资源清单，先预览差异，再写入。',
          en: 'Import an inventory of resources; the differences are shown before anything is written.',
        },
      },
      authority: {
        title: { zh: '管局线路', en: 'Lines to authorities' },
        text: {
          zh: '查看与各省管局的交换、未决事项和对账结果。',
          en: 'See the exchange with each authority, what is undecided, and what reconciliation found.',
        },
      },
      audit: {
        title: { zh: '审计记录', en: 'Audit log' },
        text: {
          zh: '谁在何时做了什么，可筛选、导出并校验完整性。',
          en: 'Who did what and when, to be filtered, exported and verified.',
        },
      },
    },
  },
} satisfies Words;
