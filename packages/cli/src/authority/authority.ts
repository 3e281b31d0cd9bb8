import { authorityCaseKinds } from '@openbeian/model/authority-case';
import { differenceKinds, differenceStates, repairs } from '@openbeian/model/reconciliation';
import { Argument, type Command, Option } from 'commander';
import type { ServerOptions } from '../io/server-connection.ts';
import type {
  CaseOptions,
  Document,
  PageOptions,
  SeenOptions,
  SettleOptions,
  ShowOptions,
} from './authority-client.ts';
import type { DifferenceOptions, RepairOptions } from './reconcile-client.ts';

const client = () => import('./authority-client.ts');
/** All that the contract has. */
const documentKinds = ['package', 'file', 'case', 'record'] as const satisfies readonly Document[];

const reconciling = () => import('./reconcile-client.ts');

/** `openbeian authority`: the lines to the authorities, and what waits for an operator on them; over a running server. */
export function registerAuthority(program: Command): void {
  const authority = program
    .command('authority')
    .description('管局线路（经由运行中的服务） / lines to the authorities, over a running server');
  registerLooks(authority);
  registerActs(authority);
  registerReconcile(authority);
}

function registerLooks(authority: Command): void {
  overServer(authority.command('lines'))
    .description(
      '各省线路：是否可用及原因、最近交互、序号、待处理 / each line: open or why not, last exchange, sequence',
    )
    .action(async (options: ServerOptions) => (await client()).lines(options));
  paged(overServer(authority.command('cases')))
    .description('待运营人员处理的事项 / what waits for an operator')
    .option('--province <code>', '只看一个省（区划代码） / of one province, by its division code')
    .addOption(new Option('--kind <kind>', '只看一种 / of one kind').choices(authorityCaseKinds))
    .action(async (options: CaseOptions) => (await client()).cases(options));
  paged(overServer(authority.command('packages').argument('<province>', '省份区划代码 / division code')))
    .description('向一个省报送的数据包 / packages sent to a province')
    .action(async (province: string, options: PageOptions) => (await client()).packages(province, options));
  overServer(authority.command('files').argument('<province>', '省份区划代码 / division code'))
    .description('最近从一个省下载的文件 / files downloaded from a province')
    .option('--limit <n>', '最多列出几个 / how many at most')
    .action(async (province: string, options: PageOptions) => (await client()).files(province, options));
  overServer(
    authority
      .command('show')
      .addArgument(
        new Argument('<kind>', '数据包、下载的文件、待处理事项、差异所涉的管局备案 / what').choices(documentKinds),
      )
      .argument('<id>', '编号 / its id'),
  )
    .description(
      '数据包、下载的文件、待处理事项或管局备案的内容（JSON），默认隐藏个人信息 / the content, with personal data masked',
    )
    .option('--reveal', '显示个人信息；计入查看次数，记入审计 / unmasked; counted and audited')
    .action(async (kind: Document, id: string, options: ShowOptions) => (await client()).show(kind, id, options));
}

function registerActs(authority: Command): void {
  const acts = [
    'seen',
    'send_again',
    'return_to_customer',
    'approved_under',
    'is_about',
    'read_again',
    'answer_task',
    'report_unfiled',
  ];
  const act = new Option('--act <act>', '处理方式 / what is done').choices(acts).makeOptionMandatory();
  keyed(overServer(authority.command('settle').argument('<case>', '事项编号 / its id')))
    .description(
      '处理一个事项：已知晓、重新报送、退回客户、登记通过、指明订单、重新读取、上报核实结果、上报未备案网站 / settle a case: seen, send again, return, approved, is about, read again, answer a task, report an unfiled site',
    )
    .addOption(act)
    .option('--corrected', '按订单现在的内容重新生成（send_again） / built from the filing as it is now')
    .option('--subject-number <number>', '主体备案号（approved_under） / the subject’s number')
    .option('--service-number <number>', '网站等的备案号（approved_under） / the service’s number')
    .option('--filing <id>', '所属订单（is_about） / the filing that it is about')
    .option('--untrue', '信息不实（answer_task） / what is on record is not true')
    .option('--verifier <name>', '核实人（answer_task） / who has verified it')
    .option('--opinion <text>', '核实意见（answer_task） / opinion')
    .option('--errors <text>', '错误信息（answer_task） / what is wrong')
    .option('--result <n>', '处理结果的编号，见 cases --json 的 answers（report_unfiled） / number of the result')
    .option('--handling <text>', '处理意见（report_unfiled） / what was done')
    .option('--done-on <day>', '处理时限（report_unfiled） / by when it is done')
    .action(async (id: string, options: SettleOptions) => (await client()).settle(id, options));
  keyed(overServer(authority.command('seen').argument('[cases...]', '事项编号；也可用 --kind 指明一种 / their ids')))
    .description(
      '将多个事项一并处理为已知晓；属于订单的须逐个处理 / settle many cases at once as seen; those of a filing are settled one by one',
    )
    .addOption(new Option('--kind <kind>', '一种的全部事项 / all of one kind').choices(authorityCaseKinds))
    .option('--province <code>', '只处理一个省的（区划代码） / of one province only')
    .requiredOption('--reason <text>', '原因，记入审计 / why; the audit has it')
    .action(async (ids: string[], options: SeenOptions) => (await client()).seen(ids, options));
  keyed(overServer(authority.command('resend').argument('<case>', '事项编号 / the case')))
    .description('重新报送一个事项所属的订单 / send the filing of a case again')
    .option('--corrected', '按订单现在的内容重新生成 / built from the filing as it is now')
    .action(async (id: string, options: SettleOptions) =>
      (await client()).settle(id, { ...options, act: 'send_again' }),
    );
  overServer(authority.command('resume').argument('<province>', '省份区划代码 / division code'))
    .description('恢复一条已停止的线路 / resume a line that was stopped')
    .action(async (province: string, options: ServerOptions) => (await client()).resume(province, options));
}

/** Both books of a line, compared record by record, and how their differences are fixed. */
function registerReconcile(authority: Command): void {
  const reconcile = authority
    .command('reconcile')
    .description(
      '与管局对账：逐条比对并处理差异 / compare with the authority record by record, and repair differences',
    );
  const province = '--province <code>';
  const ofProvince = '只看一个省（区划代码） / of one province, by its division code';
  overServer(reconcile.command('start').argument('<province>', '省份区划代码 / division code'))
    .description('开始对账，在后台进行 / start, in the background')
    .action(async (code: string, options: ServerOptions) => (await reconciling()).start(code, options));
  overServer(reconcile.command('stop').argument('<run>', '对账编号 / its id'))
    .description('中止一次对账，已发现的差异保留 / call one off; what it has found stays')
    .action(async (id: string, options: ServerOptions) => (await reconciling()).stop(id, options));
  paged(overServer(reconcile.command('runs')))
    .description('各次对账 / reconciliations')
    .option(province, ofProvince)
    .action(async (options: PageOptions) => (await reconciling()).runs(options));
  paged(overServer(reconcile.command('list')))
    .description('差异：双方的内容和处理办法 / differences: what either side says, and how to fix it')
    .option(province, ofProvince)
    .addOption(new Option('--kind <kind>', '差异的种类 / of one kind').choices(differenceKinds))
    .addOption(new Option('--state <state>', '处理状态 / of one state').choices(differenceStates))
    .action(async (options: DifferenceOptions) => (await reconciling()).differences(options));
  keyed(overServer(reconcile.command('repair').argument('<difference>', '差异编号 / its id')))
    .description(
      '处理一处差异；备案密码用 OPENBEIAN_FILING_PASSWORD 给出 / repair one; a filing password is given by that variable',
    )
    .addOption(new Option('--by <repair>', '处理方式 / how').choices(repairs).makeOptionMandatory())
    .option('--account <id>', '登记到的账号（take_over，本系统没有的备案） / whose it is to be, where it is not here')
    .option('--reason <text>', '原因（seen） / why')
    .action(async (id: string, options: RepairOptions) => (await reconciling()).repair(id, options));
}

const keyed = (command: Command): Command =>
  command.option('--key <key>', '幂等键；重试沿用同一个 / idempotency key; keep it for repetitions');

const paged = (command: Command): Command =>
  command
    .option('--after <cursor>', '上一页给出的 next / `next` of the page before')
    .option('--limit <n>', '每页几项 / how many at once');

const overServer = (command: Command): Command =>
  command
    .option('--server <url>', '服务地址，默认取 OPENBEIAN_SERVER 或 http://127.0.0.1:8600 / where the server is')
    .option('--login <name>', '登录名，默认取 OPENBEIAN_LOGIN / the login')
    .option('--json', '输出 JSON / print one JSON document')
    .addOption(new Option('--lang <lang>', '输出语言 / language').choices(['zh', 'en']).default('zh'));
