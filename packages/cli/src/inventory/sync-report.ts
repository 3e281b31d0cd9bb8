import type { Endpoint } from '@openbeian/cloud-sync';
import { CloudFailure, type FailureKind, type ReadList, readCloud, syncedClouds } from '@openbeian/cloud-sync';
import { type Cloud, type Imported, importResources, readCloudResponse } from '@openbeian/model/cloud-import';
import type { RealName } from '@openbeian/model/eligibility';
import { InputError } from '../io/input.ts';
import { type Lang, refusingFaults } from '../io/read-document.ts';

export interface SyncQuestion {
  readonly cloud: Cloud;
  readonly regions: readonly string[];
  readonly endpoint: Endpoint | null;
  readonly account?: string | undefined;
  readonly realName?: RealName | undefined;
  /** Leave out what cannot be read, and say so, instead of refusing. */
  readonly partial: boolean;
  readonly lang: Lang;
}

export interface Synced extends Imported {
  /** What was not read and why, a line each. */
  readonly unread: readonly string[];
}

/**
 * Reads a cloud's own lists into an inventory: all of it, or nothing.
 * @throws InputError that names each list that failed, why, and what to do.
 */
export async function syncCloud(question: SyncQuestion): Promise<Synced> {
  const { cloud, regions, lang } = question;
  const read = await telling(question, async () => {
    const opened = await syncedClouds[cloud].open(question.endpoint);
    return await readCloud(opened, regions, { sleep, random: Math.random, atOnce: 4 });
  });
  const failed = read.failed.map(({ failure, ...list }) => `${nameOf(list)}: ${wordingOf(failure, question)}`);
  const bad = new Set<string>();
  const said = read.pages.flatMap((page) => {
    try {
      return [
        refusingFaults(
          lang,
          (path) => `${nameOf(page)}: ${path}`,
          () => readCloudResponse(cloud, page.document),
        ),
      ];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      failed.push(error.message);
      bad.add(nameOf(page));
      return [];
    }
  });
  const nothing = read.pages.length === 0 || read.pages.every((page) => bad.has(nameOf(page)));
  if (failed.length > 0 && (!question.partial || nothing)) {
    const hint = question.partial || nothing ? '' : `\n${texts[lang].partial}`;
    throw new InputError(`${texts[lang].failed}\n${failed.join('\n')}${hint}`);
  }
  const imported = refusingFaults(
    lang,
    (path) => `${cloud}: ${path}`,
    () => importResources(said, question.account, question.realName),
  );
  const unread = [
    ...failed,
    ...read.notOffered.map((list) => `${nameOf(list)}: ${texts[lang].notOffered}`),
    ...(notListed[cloud] === '' ? [] : [`${notListed[cloud]}: ${texts[lang].notListed}`]),
    ...(cloud === 'huawei' ? [texts[lang].subprojects] : []),
  ];
  return { ...imported, unread };
}

/** Prints what was not read, so that nobody takes the inventory for more than it is. */
export function printUnread({ unread }: Synced, lang: Lang, out: NodeJS.WritableStream): void {
  for (const line of unread) out.write(`${texts[lang].unread} ${line}\n`);
}

/** Products with a policy that no list of the cloud tells, or none that is read here. */
const notListed: Readonly<Record<Cloud, string>> = {
  tencent: 'scf, cloudbase_run, clb, site_hosting, bare_metal',
  alibaba:
    'elastic_web_hosting, virtual_host, shared_host, marketplace_site, iot_package, wangpu, nat_gateway, nat64, ens',
  huawei: 'portal, nat_gateway, dedicated_cloud, offline_contract',
  volcengine: '',
};

function nameOf({ operation, region }: ReadList): string {
  return region === null ? operation : `${operation} (${region})`;
}

async function telling<T>(question: SyncQuestion, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CloudFailure)) throw error;
    throw new InputError(`${question.cloud}: ${wordingOf(error, question)}`);
  }
}

function wordingOf({ kind, code, message }: CloudFailure, { cloud, lang }: SyncQuestion): string {
  const variables = syncedClouds[cloud].variables.join(lang === 'zh' ? '、' : ', ');
  const told = [code, message].filter((part) => part !== null && part !== '').join(': ');
  return `${texts[lang].kinds[kind](kind === 'sdk_missing' ? message : variables)}${told === '' || kind === 'sdk_missing' ? '' : ` [${told}]`}`;
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

interface SyncTexts {
  readonly failed: string;
  readonly partial: string;
  readonly unread: string;
  readonly notOffered: string;
  readonly notListed: string;
  readonly subprojects: string;
  readonly kinds: Readonly<Record<FailureKind, (names: string) => string>>;
}

const texts: Readonly<Record<Lang, SyncTexts>> = {
  zh: {
    failed: '未能读全，没有输出清单：',
    partial: '如仍要其余部分，请加 --partial',
    unread: '未读取',
    notOffered: '该地域没有这个产品',
    notListed: '云厂商的查询接口中没有，或此处不读；如有，请手工补充',
    subprojects: '子项目中的资源：只读取以地域命名的项目',
    kinds: {
      sdk_missing: (names) => `缺少官方 SDK，请安装：npm install ${names}`,
      credentials_missing: (names) => `没有找到访问凭证，请设置环境变量 ${names}（或该云 SDK 自己的凭证文件）`,
      credentials_rejected: (names) => `访问凭证被拒绝，请核对 ${names}，以及本机时间是否准确`,
      forbidden: () => '该凭证没有此接口的权限，请授予只读（列表）权限',
      throttled: () => '多次重试后仍被限流，请稍后再试',
      busy: () => '云厂商的服务多次出错，请稍后再试',
      unreachable: () => '无法连接，请检查网络、代理和地域的拼写',
      region_unknown: () => '云厂商不认识该地域，请检查地域的拼写',
      changing: () => '读取期间列表一直在变化，请稍后再试',
      malformed: () => '返回的内容不是文档所述的形式',
      refused: () => '云厂商拒绝了请求',
    },
  },
  en: {
    failed: 'not everything could be read, so no inventory was written:',
    partial: 'add --partial to get the rest all the same',
    unread: 'not read:',
    notOffered: 'the cloud does not offer this product in that region',
    notListed: 'told by none of the cloud’s lists, or by none that is read here; add what there is by hand',
    subprojects: 'resources in sub-projects: only the project named after the region is read',
    kinds: {
      sdk_missing: (names) => `the official SDK is not installed; run npm install ${names}`,
      credentials_missing: (names) => `found no credentials; set ${names}, or use the SDK’s own credential file`,
      credentials_rejected: (names) => `the credentials were refused; check ${names} and this machine’s clock`,
      forbidden: () => 'these credentials may not call this operation; grant them read (list) permission',
      throttled: () => 'still throttled after several attempts; try again later',
      busy: () => 'the cloud’s service failed several times; try again later',
      unreachable: () => 'cannot be reached; check the network, the proxy and the spelling of the region',
      region_unknown: () => 'the cloud does not know this region; check its spelling',
      changing: () => 'the list kept changing while it was read; try again later',
      malformed: () => 'the answer does not have the documented form',
      refused: () => 'the cloud refused the request',
    },
  },
};
