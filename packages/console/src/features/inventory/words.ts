import type { Words } from '../../language/words.ts';

export const inventoryWords = {
  inventory: {
    title: { zh: '载入资源清单', en: 'Load inventory' },
    lead: {
      zh: '粘贴或上传账号与云资源清单（YAML 或 JSON）。有一处错误就全部不写入。',
      en: 'Paste or upload an inventory of accounts and resources (YAML or JSON). One mistake, and nothing is written.',
    },
    text: { zh: '清单内容', en: 'Inventory' },
    upload: { zh: '选择文件', en: 'Choose a file' },
    example: { zh: '填入样例', en: 'Fill in an example' },
    check: { zh: '只检查，不写入', en: 'Check only, write nothing' },
    load: { zh: '载入', en: 'Load' },
    syntax: { zh: '文件格式有误', en: 'The file cannot be read' },
    syntaxAt: (line: number, column: number) => ({
      zh: `第 ${line} 行第 ${column} 列`,
      en: `line ${line}, column ${column}`,
    }),
    line: (line: number) => ({ zh: `第 ${line} 行`, en: `line ${line}` }),
    empty: { zh: '请先粘贴或选择一份清单。', en: 'Paste or choose an inventory first.' },
    notMapping: {
      zh: '清单的最外层应是含有 accounts 和 resources 的对象。',
      en: 'The top level must be an object with accounts and resources.',
    },
    done: { zh: '清单已载入', en: 'Inventory loaded' },
    doneText: (accounts: number, resources: number) => ({
      zh: `${accounts} 个账号，${resources} 台云资源`,
      en: `${accounts} accounts, ${resources} resources`,
    }),
    changed: { zh: '有变化的对象', en: 'Changed' },
    unchanged: { zh: '没有变化。', en: 'Nothing changed.' },
    checked: (count: number) => ({
      zh: `检查完成：${count} 台云资源，未写入`,
      en: `Checked ${count} resources; nothing written`,
    }),
  },
} satisfies Words;
