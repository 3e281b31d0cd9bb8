/** What the command says, Chinese first. */
export const words = {
  description: '模拟管局：接口 V3.0（SOAP）与 JSON 接口 / simulated filing authority: interface V3.0 (SOAP) and JSON',
  port: '本机端口，0 为任选 / loopback port, 0 takes a free one',
  data: '日志目录；不填则退出后不保留 / where its journal lies; without it nothing is kept',
  calm: '关闭全部故障，全天受理 / no faults, open all day',
  seed: '随机种子，决定验证码、故障和审核天数 / decides codes, faults and how long reviews take',
  day: '审核的一个工作日有多长，如 PT10S；calendar 为按日历 / how long a working day of a review takes; calendar: as it is',
  hours: 'province 为按各省时段和工作日受理，always 为全天 / province: hours and working days of each province',
  lenient: '不要求附件，不套用各省规则 / ask for no pictures and apply no rules of provinces',
  units: '接入企业（YAML 或 JSON），不填则用公开的示例企业 / providers it admits; a public sample unless given',
  records: '已存在的备案、重名与黑名单（YAML 或 JSON） / records that exist elsewhere',
  clock: '时钟从此刻起静止，由 /control/clock 拨动 / a clock that is moved by hand',
  secretFile: '内含 JSON 接口共享密钥的文件 / a file with the bearer token of the JSON wire',
  conformance: '检验接入商自己的系统，结束时给出报告 / test a provider’s own system and report what it did wrong',
  lasts: '最多测试多久，如 PT30M / how long it runs at most',
  out: '报告写入此文件（JSON） / write the report there, as JSON',
} as const;

export function startedText(
  url: string,
  unit: { ispId: number; userName: string; password: string; cipher: { key: string; iv: string } | null },
  isSample: boolean,
): string {
  const { ispId, userName, password, cipher } = unit;
  const credentials = isSample
    ? `  企业标识 / ispId ${ispId}，用户名 / userName ${userName}，口令 / password ${password}\n` +
      `  密钥 / key ${cipher?.key ?? '—'}，向量 / IV ${cipher?.iv ?? '—'}\n`
    : '';
  return (
    `模拟管局已启动 / the simulated authority listens at ${url}\n` +
    `  接口 V3.0 / interface V3.0: ${url}/v3/440000/ISPWebService/upDownLoad?wsdl （440000 换成各省代码 / or another province）\n` +
    credentials +
    `  页面 / pages: ${url}/  ${url}/sms  ${url}/phone  ${url}/v3\n`
  );
}
