import type { AuthorityCaseKind } from './kinds.ts';

interface Text {
  readonly zh: string;
  readonly en: string;
}

/** What operators read of each kind. */
export const authorityCaseTexts = {
  difference: { zh: '与管局的差异', en: 'Difference from the authority' },
  repair_refused: { zh: '为消除差异的报送被退回', en: 'Repair of a difference was refused' },
  unmatched_result: { zh: '无法对应订单的结果', en: 'Result of an unknown filing' },
  unclear_result: { zh: '含义不明的结果', en: 'Unclear result' },
  returned_to_provider: { zh: '退回接入商：本方数据有误', en: 'Returned to the provider: its own data' },
  numbers_unfit: { zh: '备案号有误，未登记', en: 'Approved under numbers that cannot be recorded' },
  conflict: { zh: '与其他备案冲突', en: 'Conflict with another record' },
  stopped_by_result: { zh: '结果使线路停止', en: 'Result that stopped the line' },
  note: { zh: '提示', en: 'Note' },
  reviewer_opinion: { zh: '管局审核意见', en: 'Opinion of the authority’s reviewer' },
  unknown_record_ended: { zh: '已注销的备案在本系统中没有', en: 'Record that ended is not known here' },
  subject_blacklisted: { zh: '主体列入黑名单', en: 'Organiser on the blacklist' },
  service_blacklisted: { zh: '网站列入黑名单', en: 'Site on the blacklist' },
  illegal_access: { zh: '违规接入', en: 'Illegal access' },
  unfiled_site: { zh: '未备案网站', en: 'Site without a filing' },
  subject_checked: { zh: '主体核查结果', en: 'Organiser was checked' },
  service_checked: { zh: '网站核查结果', en: 'Site was checked' },
  correction_demanded: { zh: '更正通知', en: 'Correction demanded' },
  verification_task: { zh: '核实任务', en: 'Verification task' },
  incomplete: { zh: '内容不全，无法处理', en: 'Too little to act on' },
  other_part: { zh: '本系统不用的部分', en: 'Part without use here' },
  unreadable_file: { zh: '无法读取的文件', en: 'File that cannot be read' },
  unplaced_rows: { zh: '代码表中无法对应的行', en: 'Rows of code tables without a place' },
  sequence_moved: { zh: '管局的序号多于本系统', en: 'The authority counts further than this system' },
} as const satisfies Readonly<Record<AuthorityCaseKind, Text>>;
