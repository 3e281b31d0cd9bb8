import type { BothTexts, Words } from '../io/words.ts';

export const gateWords = {
  cannotListen: (file: string, address: string, code: string) => ({
    zh: `${file}: listen：无法在 ${address} 监听（${code}），请换一个地址或端口`,
    en: `${file}: listen: cannot listen on ${address} (${code}): use another address or port`,
  }),
  outsideMainland: (file: string) => ({
    zh: `${file}: region：该地域在中国内地以外，不阻断任何域名，不需要映射文件`,
    en: `${file}: region: outside the mainland nothing is blocked, so there is no map to make`,
  }),
  tokenMissing: {
    zh: '请用环境变量 OPENBEIAN_GATE_TOKEN 给出网关令牌',
    en: 'set OPENBEIAN_GATE_TOKEN to the token of a gate',
  },
  noUrl: (server: string) => ({ zh: `${server}：应为 http(s) 网址`, en: `${server}: expected an http(s) URL` }),
  plainHttp: (server: string) => ({
    zh: `${server}：不在本机时应为 https 网址（自有的隔离网络可加 --insecure-transport）`,
    en: `${server}: expected https outside this machine (or --insecure-transport in an isolated network of your own)`,
  }),
  keyMissing: (server: string) => ({
    zh: `${server}：不在本机时应用 --control-key 给出控制面的公钥（openbeian gate keys）`,
    en: `${server}: give the control plane’s public key with --control-key outside this machine (openbeian gate keys)`,
  }),
  olderThanMap: (file: string, held: string, offered: string) => ({
    zh: `${file}：现有的映射文件（${held}）比所给的记录（${offered}）新，未替换：较旧的记录会放行已注销的域名。确需退回时，先删除该文件`,
    en: `${file}: the map that is there (${held}) is newer than these facts (${offered}) and was kept: older facts would open cancelled domains. To go back on purpose, delete it first`,
  }),
  tokenWrong: { zh: '令牌不正确', en: 'the token is wrong' },
  cannotReadSnapshot: (url: string, { zh, en }: BothTexts) => ({
    zh: `${url}：无法读取快照（${zh}）`,
    en: `${url}: the snapshot cannot be read (${en})`,
  }),
} satisfies Words;

/** What `gate scan` says. */
export const scanWords = {
  columns: {
    zh: ['请求', '占比', '字节', '原因', '最后一次', '备案域名'].join('\t'),
    en: ['requests', 'share', 'bytes', 'reason', 'last seen', 'filed domain'].join('\t'),
  },
  noName: { zh: '（无可备案域名）', en: '(no registrable domain)' },
  totals: (totals: { lines: number; requests: number }, names: number, reasons: readonly string[]) => ({
    zh: `共 ${totals.lines} 行，${totals.requests} 个请求，${names} 个域名不能访问：${reasons.join('，')}`,
    en: `${totals.lines} lines, ${totals.requests} requests, ${names === 1 ? '1 domain that is' : `${names} domains that are`} not served: ${reasons.join(', ')}`,
  }),
  cannotRead: (file: string, line: number, reason: string) => ({
    zh: `${file}：第 ${line} 行起无法读取（${reason}）`,
    en: `${file}:${line}: cannot be read (${reason})`,
  }),
  packed: (file: string, form: string) => ({
    zh: `${file}：内容是 ${form} 格式，只能读取 gzip 和 zstd；请先解开，或解开后经管道传入：… | openbeian gate scan -`,
    en: `${file}: this is ${form}; only gzip and zstd are read: unpack it first, or pipe it in: … | openbeian gate scan -`,
  }),
  noHosts: (file: string, first: ExampleLine | undefined) => ({
    zh: `${file}:${first?.line}：没有一行能读出所访问的域名。日志须记录所访问的域名（nginx 的 $host，Apache 的 %v，IIS 的 cs-host，HAProxy 的 capture request header Host）；已记录的，请用 --format 给出日志格式（格式名，或代理自己的 log_format 等格式串），或用 --field 给出域名所在的字段或列号。首行：${first?.text}`,
    en: `${file}:${first?.line}: no line names a host. The log has to record the asked host (nginx $host, Apache %v, IIS cs-host, HAProxy capture request header Host); where it does, give the format with --format (its name, or the proxy’s own log_format or format string), or with --field the field or column of the host. First: ${first?.text}`,
  }),
  notOfFormat: (file: string, first: ExampleLine | undefined) => ({
    zh: `${file}:${first?.line}：没有一行能按给出的 --format、--field 读出所访问的域名。首行：${first?.text}`,
    en: `${file}:${first?.line}: no line names a host when read by the given --format and --field. First: ${first?.text}`,
  }),
  onlyAddresses: (file: string, { format, host }: ReadFrom) => ({
    zh: `${file}：读取为：${formatZh(format)}，域名取自 ${host.zh}，其中没有一个域名，只有 IP 地址或机器名；如域名在其他字段，请用 --field 给出`,
    en: `${file}: read as ${format}, host from ${host.en}, which holds no domain, only addresses or names of machines; if the host is in another field, give it with --field`,
  }),
  unknownFormat: (format: string, known: readonly string[]) => ({
    zh: `--format：不认识“${format}”；应为 ${known.join('、')}，或代理自己的格式串（含 $host、%{Host}i 等）`,
    en: `--format: "${format}" is not known; expected ${known.join(', ')}, or a proxy’s own format string (with $host, %{Host}i and the like)`,
  }),
  formatWithoutHost: (format: string) => ({
    zh: `--format：“${format}”中没有记录所访问域名的字段，例如 $host、$http_host、%v、%{Host}i、%REQ(:AUTHORITY)%、%[capture.req.hdr(0)]；请在代理的日志格式中加上，或用 --field 指明`,
    en: `--format: "${format}" has no field for the asked host, such as $host, $http_host, %v, %{Host}i, %REQ(:AUTHORITY)% or %[capture.req.hdr(0)]; add one to the proxy’s log format, or name the field with --field`,
  }),
  readAs: (read: readonly ReadFrom[], lines: number) => ({
    zh:
      lines === 0 || read.length === 0
        ? '没有内容'
        : `读取为：${read.map((each) => readFromZh(each, read.length > 1)).join('；')}`,
    en:
      lines === 0 || read.length === 0
        ? 'nothing to read: the log is empty'
        : `read as ${read.map((each) => readFromEn(each, read.length > 1)).join('; ')}`,
  }),
  unnamed: (lines: number, share: number) => ({
    zh: `${lines} 行读不出域名（${(share * 100).toFixed(2)}%），例如：`,
    en: `${lines === 1 ? '1 line names' : `${lines} lines name`} no host (${(share * 100).toFixed(2)}%), for example:`,
  }),
  example: ({ line, text }: ExampleLine) => ({ zh: `  第 ${line} 行：${text}`, en: `  line ${line}: ${text}` }),
  tooManyUnnamed: (share: number) => ({
    zh: `警告：${(share * 100).toFixed(2)}% 的行读不出域名，超过 1%，结果不完整；请用 --format 或 --field 说明格式`,
    en: `warning: ${(share * 100).toFixed(2)} % of the lines name no host, more than 1 %, so this report is not complete; say the format with --format or --field`,
  }),
  skipped: (file: string, lines: number, first: string) => ({
    zh: `${file}：${lines} 行读不出主机名，已跳过；行号：${first}`,
    en: `${file}: skipped ${lines} lines that name no host; the first: ${first}`,
  }),
} satisfies Words;

/** Where in a line of no named format the host is. */
export const columnWords = {
  wholeLine: { zh: '整行', en: 'the whole line' },
  column: (at: number, isRequest: boolean) => {
    const from =
      at < 0
        ? { zh: `倒数第 ${-at} 列`, en: `column ${-at} from the end` }
        : { zh: `第 ${at + 1} 列`, en: `column ${at + 1}` };
    return isRequest ? { zh: `${from.zh}的请求网址`, en: `the URL requested in ${from.en}` } : from;
  },
} satisfies Words;

interface ExampleLine {
  readonly line: number;
  readonly text: string;
}

interface ReadFrom {
  readonly format: string;
  readonly host: BothTexts;
  readonly others: readonly BothTexts[];
  readonly lines: number;
}

/** Formats are called as their makers call them; these two are nobody's. */
const formatZh = (format: string): string => format.replace(/^columns\b/, '分列文本').replace(/^list\b/, '域名列表');

function readFromZh({ format, host, others, lines }: ReadFrom, isCounted: boolean): string {
  const also =
    others.length === 0 ? '' : `（${others.map(({ zh }) => zh).join('、')} 也像域名，如应取之，请用 --field）`;
  return `${formatZh(format)}${isCounted ? `（${lines} 行）` : ''}，域名取自 ${host.zh}${also}`;
}

function readFromEn({ format, host, others, lines }: ReadFrom, isCounted: boolean): string {
  const also =
    others.length === 0
      ? ''
      : ` (${others.map(({ en }) => en).join(', ')} also hold${others.length === 1 ? 's' : ''} names: use --field if meant)`;
  return `${format}${isCounted ? ` (${lines} ${lines === 1 ? 'line' : 'lines'})` : ''}, host from ${host.en}${also}`;
}
