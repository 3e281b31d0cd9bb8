import type { Words } from '../../language/words.ts';

export const inventoryWords = {
  inventory: {
    title: { zh: '导入资源', en: 'Import resources' },
    lead: {
      zh: '粘贴或上传账号与云资源清单（YAML 或 JSON）。存在任一错误时不会导入任何数据。',
      en: 'Paste or upload an inventory of accounts and resources (YAML or JSON). If it has any error, nothing is imported.',
    },
    text: { zh: '清单内容', en: 'Inventory' },
    upload: { zh: '选择文件', en: 'Choose a file' },
    example: { zh: '使用示例', en: 'Use an example' },
    check: { zh: '预检', en: 'Dry run' },
    load: { zh: '导入', en: 'Import' },
    syntax: { zh: '文件格式有误', en: 'Invalid file format' },
    keyTwice: ({ key, line, firstLine }: { key: string; line: number; firstLine: number }) => ({
      zh: `第 ${line} 行：键 ${key} 重复，第 ${firstLine} 行已有，请只保留一个`,
      en: `Line ${line}: the key ${key} is on line ${firstLine} already; keep only one`,
    }),
    syntaxAt: (line: number, column: number) => ({
      zh: `第 ${line} 行第 ${column} 列`,
      en: `line ${line}, column ${column}`,
    }),
    line: (line: number) => ({ zh: `第 ${line} 行`, en: `line ${line}` }),
    empty: { zh: '请先粘贴清单或选择文件。', en: 'Paste an inventory or choose a file first.' },
    notMapping: {
      zh: '清单的最外层应是含有 accounts 和 resources 的对象。',
      en: 'The top level must be an object with accounts and resources.',
    },
    done: { zh: '导入完成', en: 'Import complete' },
    doneText: (accounts: number, resources: number) => ({
      zh: `${accounts} 个账号，${resources} 台云资源`,
      en: `${accounts} accounts, ${resources} resources`,
    }),
    changed: { zh: '变更内容', en: 'Changes' },
    unchanged: { zh: '无变更。', en: 'No changes.' },
    checked: (count: number) => ({
      zh: `预检完成：${count} 台云资源，未导入`,
      en: `Checked ${count} resources; nothing imported`,
    }),
  },
} satisfies Words;
