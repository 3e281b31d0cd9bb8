import type { Mistake } from '../v3/call-log.ts';

/** What a provider's system must do, each with how it can fail: by mistakes in calls, or by what `judge.ts` looks at. */
interface CheckText {
  readonly zh: string;
  readonly en: string;
  /** Mistakes that fail it. */
  readonly mistakes: readonly Mistake[];
  /** How it can be seen that the provider does it right; `calls`: any call, `uploads`: an upload that was taken. */
  readonly seenBy: 'calls' | 'uploads' | 'judged';
}

const call = (zh: string, en: string, ...mistakes: Mistake[]) => ({ zh, en, mistakes, seenBy: 'calls' }) as const;
const upload = (zh: string, en: string, ...mistakes: Mistake[]) => ({ zh, en, mistakes, seenBy: 'uploads' }) as const;
const judged = (zh: string, en: string) => ({ zh, en, mistakes: [], seenBy: 'judged' }) as const;

export const checks = {
  soap: call('SOAP 调用格式正确', 'Calls are SOAP calls of the service', 'not_soap'),
  user: call('企业标识和用户名正确', 'Provider number and user name are right', 'unknown_unit', 'wrong_user_name'),
  password_hash: call('口令哈希正确', 'The password hash is right', 'wrong_password_hash'),
  rand_val: call('随机字符串不少于 20 个字符', 'randVal has 20 characters', 'short_rand_val'),
  rand_val_once: call('每次调用使用新的随机字符串', 'Each call has a randVal of its own', 'reused_rand_val'),
  province: call('只调用已开通的省份', 'Only provinces that admitted the provider are called', 'province_not_admitted'),
  query: call('查询与校验的参数正确', 'Queries are well-formed', 'malformed_query', 'too_many_password_tries'),
  algorithms: upload(
    '算法编号正确',
    'The numbers of the algorithms are right',
    'unknown_encryption',
    'unknown_hash_algorithm',
    'unknown_compression',
  ),
  encryption: upload('加密正确', 'Packages can be decrypted', 'not_decryptable'),
  package_hash: upload('数据包哈希正确', 'The hash is that of the ZIP', 'wrong_hash'),
  zip: upload('压缩包完好，只含一个文件', 'The ZIP is whole and has one file', 'broken_zip', 'not_one_file', 'no_file'),
  limits: upload(
    '不超过 50 MB 和 1000 条记录',
    'No package beyond 50 MB or 1,000 records',
    'file_too_large',
    'too_many_records',
  ),
  encoding: upload('文件为 GBK 编码的 XML', 'The document is XML in GBK', 'not_gbk', 'not_xml'),
  schema: upload('文件符合数据格式', 'The document fits the schema', 'wrong_schema'),
  version: upload(
    '版本为 V.3.0，报备单位为本单位',
    'Version V.3.0, and the provider’s own number',
    'wrong_version',
    'wrong_unit',
  ),
  sequence: upload('上报序号连续', 'Sequence numbers have no gap', 'sequence_gap', 'sequence_malformed'),
  sequence_content: upload(
    '同一序号不用于其他内容',
    'A sequence number is not used again for other content',
    'sequence_reused',
  ),
  resynchronised: judged('收到 14 后重新同步序号', 'After code 14 the sequence is synchronised before the next upload'),
  dropped_upload: judged(
    '上报后连接断开，重报相同内容或查询上次上报',
    'After a dropped connection the same upload is sent again, or the last one asked for',
  ),
  retried_later: judged(
    '维护或关闭期间不频繁重试',
    'While the authority is closed or in maintenance, calls are not repeated at once',
  ),
  refused_repeated: judged('被拒绝的调用不反复重试', 'A call that was refused is not sent again and again'),
  acknowledged: judged('下载的文件均已确认', 'Every file that was downloaded is acknowledged'),
  acknowledged_names: call(
    '只确认已下载的文件',
    'Only files that came are acknowledged',
    'acknowledged_nothing',
    'acknowledged_unknown_file',
  ),
  spoilt_file: judged(
    '损坏的文件不确认，重新下载',
    'A file that came damaged is not acknowledged but downloaded again',
  ),
  file_again: judged('再次下发的文件再次确认', 'A file that comes again is acknowledged again'),
  results_heeded: judged('已出结果的备案不再原样上报', 'A filing whose result came is not uploaded again as it was'),
  first_filings: judged('新增备案获得通过', 'A first filing is approved'),
  added_services: judged('新增网站获得通过', 'A service that is added to a subject is approved'),
  added_accesses: judged('新增接入获得通过', 'An access to a service of another provider is approved'),
  changes: judged('变更获得通过', 'A change is approved'),
  cancellations: judged('注销网站获得通过', 'The end of a service is approved'),
  ended_accesses: judged('取消接入获得通过', 'The end of an access is approved'),
  ended_subjects: judged('注销主体获得通过', 'The end of a subject is approved'),
  tasks_answered: judged('核实任务已上报结果', 'Verification tasks are answered'),
  unfiled_answered: judged('未备案网站已上报处理结果', 'What became of unfiled sites is reported'),
} as const satisfies Record<string, CheckText>;
export type CheckName = keyof typeof checks;
