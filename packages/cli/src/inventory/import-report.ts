import { type Cloud, type Imported, importResources, readCloudResponse } from '@openbeian/model/cloud-import';
import type { RealName } from '@openbeian/model/eligibility';
import { type Lang, readDocument, refusingFaults } from '../io/read-document.ts';

/**
 * Reads the responses in the files as one inventory.
 * @throws InputError naming file, line and place for a response of another shape, or two that disagree.
 */
export function importFiles(
  cloud: Cloud,
  files: readonly string[],
  lang: Lang,
  { account, realName }: { readonly account?: string | undefined; readonly realName?: RealName | undefined } = {},
): Imported {
  const said = files.map((file) => readDocument(file, lang, (document) => readCloudResponse(cloud, document)));
  return refusingFaults(
    lang,
    (path) => `${files.join(', ')}: ${path}`,
    () => importResources(said, account, realName),
  );
}

/** Prints the inventory, and on standard error what it lacks. */
export function printImported(imported: Imported, { json, lang }: { readonly json?: true; readonly lang: Lang }): void {
  if (json) process.stdout.write(`${JSON.stringify(imported.inventory, null, 2)}\n`);
  else printInventory(imported, process.stdout);
  printGaps(imported, lang, process.stderr);
}

/** Prints the inventory as YAML, a resource a line (JSON is YAML's flow style). */
function printInventory({ inventory }: Imported, out: NodeJS.WritableStream): void {
  for (const [key, rows] of Object.entries(inventory)) {
    if (rows.length === 0) out.write(`${key}: []\n`);
    else out.write(`${key}:\n${rows.map((row: object) => `  - ${JSON.stringify(row)}\n`).join('')}`);
  }
}

/** Names what the responses do not say, so that nobody takes the inventory for complete. */
function printGaps({ inventory, gaps, strayAddresses }: Imported, lang: Lang, out: NodeJS.WritableStream): void {
  const words = texts[lang];
  for (const { key, resources } of gaps) {
    const named = resources.slice(0, 5).join(', ');
    const more = resources.length > 5 ? words.more(resources.length - 5) : '';
    out.write(`${key}: ${words.missing(key)}  [${named}${more}]\n`);
  }
  if (inventory.resources.some((it) => it.boughtAt !== undefined)) out.write(`boughtAt: ${words.boughtAt}\n`);
  if (strayAddresses.length > 0) out.write(`${words.stray}: ${strayAddresses.join(', ')}\n`);
}

interface GapTexts {
  readonly boughtAt: string;
  readonly stray: string;
  missing(key: string): string;
  more(count: number): string;
}

const texts: Readonly<Record<Lang, GapTexts>> = {
  zh: {
    boughtAt: '取自创建时间；如曾由按量计费转为包年包月，请改为转换之日',
    stray: '未绑定到清单中服务器的弹性 IP，未导入',
    missing: (key) => {
      if (key === 'used') return '返回中没有，未填写即按 0 计；请补充已生成的授权码数和已备案的网站数';
      if (key === 'trial') return '返回中没有，未填写即按非试用计；试用资源请补充 trial: true';
      return '返回中没有，请补充（判断需要而缺少时，结果为无法判断）';
    },
    more: (count) => `，另有 ${count} 个`,
  },
  en: {
    boughtAt: 'taken from the time of creation; where a resource was converted to prepaid later, put that day',
    stray: 'elastic addresses bound to none of the servers, not imported',
    missing: (key) => {
      if (key === 'used') return 'not in the response and counted as 0 until you add the codes issued and sites filed';
      if (key === 'trial') return 'not in the response and taken as no trial; add trial: true where it is one';
      return 'not in the response; add it, or what needs it cannot be decided';
    },
    more: (count) => ` and ${count} more`,
  },
};
