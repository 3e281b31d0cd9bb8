import { openSampleDeployment, type SampleDeployment, type SampleOptions, samplePeople } from '@openbeian/server/main';
import { startTook } from './begun.ts';
import { consoleFolder } from './console-folder.ts';
import { sayingFaults, untilStopped } from './process-life.ts';

/** What `openbeian start` is told on its command line. */
export interface StartOptions {
  readonly data: string;
  readonly host: string;
  readonly port: number;
  readonly gatePort: number;
  readonly authorityPort: number;
  readonly onNetwork?: true;
  readonly calm?: true;
  readonly byHand?: true;
  readonly wire: NonNullable<SampleOptions['wire']>;
}

/** The option that sets the configuration key named in a message. */
const optionNames = {
  'config: http.host': '--host (--on-network)',
  'http.port': '--port',
  'authority port': '--authority-port',
  'gate port': '--gate-port',
};

/** Starts the sample deployment and runs it until it receives a signal to stop. */
export async function start(options: StartOptions): Promise<void> {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const open = async () => {
    const folder = await consoleFolder({
      onBuild: () => say('正在构建控制台（数秒）…… / building the console, some seconds …'),
    });
    say('正在打开数据库…… / opening the database …');
    const calm = options.calm === true;
    return openSampleDeployment({ ...options, dataDir: options.data, calm, consoleFolder: folder, withHistory: true });
  };
  const sample = await sayingFaults(open, optionNames);
  for (const line of welcome(sample, options)) say(line);
  await untilStopped(() => sample.close());
}

const tookLine = ({ seconds, withInstallation }: ReturnType<typeof startTook>) =>
  withInstallation
    ? `本次启动共用 ${seconds} 秒（含安装依赖） / this start took ${seconds} seconds, with the installation`
    : `本次启动用了 ${seconds} 秒 / this start took ${seconds} seconds`;

function welcome(sample: SampleDeployment, options: StartOptions): string[] {
  const width = Math.max(...sample.logins.map(({ login }) => login.length));
  return [
    '',
    `OpenBeian 样例部署已启动${sample.isNew ? '，已导入样例数据' : ''} / the sample deployment runs${sample.isNew ? ', sample data loaded' : ''}`,
    tookLine(startTook(Date.now(), performance.timeOrigin)),
    '',
    `  控制台 / console              ${sample.url}/`,
    `  接口说明 / OpenAPI            ${sample.url}/api/v1/openapi.json`,
    `  公开查询 / public query       ${sample.url}/query/web?search=…`,
    `  阻断网关 / gate               ${sample.gateUrl}/explain?host=…`,
    `  模拟管局 / authority          ${sample.authorityUrl}/`,
    `    短信核验 / SMS verification ${sample.authorityUrl}/sms`,
    `    模拟手机 / phones           ${sample.authorityUrl}/phone`,
    `  数据与日志 / data and log     ${options.data}/`,
    `  材料图片 / pictures to upload ${options.data}/pictures/`,
    '',
    '  样例账号（登录名、密码） / sample logins (login, password)',
    ...sample.logins.map(
      ({ login, password, role, displayName }) =>
        `    ${login.padEnd(width)}  ${password.padEnd(width + 8)} ${role.padEnd(8)}  ${displayName}`,
    ),
    '',
    '  可填入表单的虚构证件（短信核验时填该手机号码和证件号码后六位）',
    '  fictional certificates for the forms (the SMS page asks for this mobile and the last six digits of the certificate)',
    ...samplePeople.map(({ name, type, number, mobile, filing }) => {
      const standing = filing?.isOpen ? '有进行中的订单 / has an open filing' : '已备案 / is filed';
      const parts = [name, type, number, mobile, filing && `（${filing.login}：${standing}）`];
      return `    ${parts.filter(Boolean).join('  ')}`;
    }),
    '',
    '  按 Ctrl+C 停止 / Ctrl+C stops',
    '',
  ];
}
