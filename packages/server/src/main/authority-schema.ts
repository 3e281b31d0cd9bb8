import { provinces } from '@openbeian/model/province';
import { z } from 'zod';
import { secretSetting, setting } from './setting.ts';

const httpUrl = z.url({ protocol: /^https?$/ });
const provinceCode = z.enum(provinces.map(({ code }) => code));
const text = z.string().min(1).max(255);
/** 16 ASCII characters, as the authority issues them. */
const cipherText = z.string().regex(/^[\x20-\x7e]{16}$/);
/** Names of what is not carried; whether there is such a thing is asked where the adapter is opened. */
const lossKind = z.string().regex(/^[a-z0-9_]{1,64}$/);

/** Where filings are handed over, and how. */
export const authoritySchema = z.strictObject({
  adapter: setting(
    z.enum(['plain', 'v3', 'file', 'manual']).default('v3'),
    '报送方式：v3 经《企业系统接口规范》V3.0 报送；file 按 V3.0 的格式写入和读取目录中的文件，由人员与管局交换；plain 经本项目的 JSON 接口报送（模拟管局）；manual 没有接口，由运营人员在管局系统中录入，并把结果填回本系统。见 docs/authority.md',
    'How filings are handed over. v3: over the ministry’s interface for providers, V3.0. file: its packages are written to and read from a directory, and people carry them. plain: over this project’s own JSON (the simulated authority). manual: there is no interface; operators enter them in the authority’s own form, and its results here. See docs/authority.md',
  ),
  url: setting(
    httpUrl.nullable().default(null),
    '管局接口地址；仅 plain',
    'Address of the authority’s interface; plain only',
  ),
  secret: secretSetting(
    z.string().min(1).max(2000).nullable().default(null),
    '管局接口的共享密钥；仅 plain',
    'Shared secret of the authority’s interface; plain only',
  ),
  unit: setting(
    z.int().min(1).nullable().default(null),
    '接入商在管局的编号（ispId）；v3 和 file 必填',
    'The provider’s number with the authority (ispId); needed with v3 and file',
  ),
  userName: setting(
    text.nullable().default(null),
    '管局分配的接口用户名；v3 必填',
    'User name that the authority issued; needed with v3',
  ),
  password: secretSetting(
    text.nullable().default(null),
    '管局分配的接口口令；v3 必填',
    'Password that the authority issued; needed with v3',
  ),
  aesKey: secretSetting(
    cipherText.nullable().default(null),
    '管局分配的数据包密钥（16 个字符）；与 aesIv 一同填写，不填则不加密',
    'Key of packages as the authority issued it (16 characters), with aesIv; without them packages are not encrypted',
  ),
  aesIv: secretSetting(
    cipherText.nullable().default(null),
    '管局分配的数据包初始向量（16 个字符）',
    'Initialisation vector of packages as the authority issued it (16 characters)',
  ),
  provinces: setting(
    z.partialRecord(provinceCode, httpUrl.nullable()).default({}),
    '已开通的省：六位行政区划代码对应接口地址，例如 {"440000": "https://…"}；file 的地址填 null，文件在 directory 下以代码为名的目录中',
    'Provinces that there is a line to: division code and address, e.g. {"440000": "https://…"}; with file null, and the files are in a folder named by the code below directory',
  ),
  soapNamespace: setting(
    text.nullable().default(null),
    '接口方法的 XML 命名空间；不设则从各省服务的 WSDL 读取命名空间和参数名',
    'XML namespace of the calls; unset: namespace and names of parameters are read from each province’s WSDL',
  ),
  directory: setting(
    z.string().min(1).max(1000).nullable().default(null),
    'file 的交换目录：省代码/out 为待报送的数据包，省代码/in 放入管局的文件，读过的移到 省代码/in/done',
    'Directory of file: in the folder named by a province’s code, out has packages to hand in, in takes the authority’s files, and those that were read go to in/done',
  ),
  downloadEverySeconds: setting(
    z.int().min(1).max(86_400).default(300),
    '没有可下载的文件时，隔多少秒再查询一次',
    'Seconds until files are asked for again where there was none',
  ),
  quietDownloadEverySeconds: setting(
    z.int().min(1).max(86_400).nullable().default(null),
    '该省没有订单等待结果时的查询间隔（秒）；不设则同 downloadEverySeconds',
    'The same for a province where no filing waits for its result; downloadEverySeconds unless set',
  ),
  lossesThatStop: setting(
    z.array(lossKind).default([]),
    'V3.0 不能报送、本可略去的内容中，哪些须停止报送并由运营人员处理；不列入的略去，审核时列出',
    'Of what V3.0 does not carry and could be left out: what stops a hand-over for an operator. The others are left out, and listed in the review',
  ),
  timeoutMs: setting(
    z.int().min(100).max(120_000).default(10_000),
    '一次交互的最长毫秒数',
    'How long one exchange may take',
  ),
  perProvince: setting(
    z.int().min(1).max(64).default(4),
    '同时向一个省的管局报送的订单数上限，所有 worker 合计；各省互不等待',
    'Filings that are handed over to one province at a time, all workers together; provinces do not wait for each other',
  ),
  provincesInTurn: setting(
    z.array(provinceCode).default([]),
    '必须按顺序逐件报送的省（六位行政区划代码）：前一件的结果明确之后才报送下一件',
    'Provinces (division codes) that take filings strictly in turn: the next one only when it is known what became of the one before',
  ),
  smsPageUrl: setting(
    httpUrl.nullable().default(null),
    '短信核验页面的地址；不设则只提示到部级系统核验',
    'Page where the SMS is confirmed; unset where that is the ministry’s own site only',
  ),
  pagesUrl: setting(
    httpUrl.nullable().default(null),
    '模拟管局的网页地址；真实管局不设',
    'Pages of the simulated authority; unset with a real one',
  ),
});
