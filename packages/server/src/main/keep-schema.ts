import { z } from 'zod';
import { setting } from './setting.ts';

/** For how long rows are kept. */
export const keepSchema = z
  .strictObject({
    undoDays: setting(
      z.int().min(1).max(90).default(30),
      '订单超期关闭后可由运营人员恢复的天数。下列各项到期后也再保留这些天才清除，以便时钟有误时纠正',
      'Days within which an operator can reopen a filing that lapsed. What is listed below is kept for as many days more before it is cleared away, so that a wrong clock can be set right',
    ),
    idempotencyDays: setting(
      z.int().min(1).max(3650).default(30),
      '幂等键的保留天数：其间重复的请求得到第一次的答复，过后按新请求执行',
      'Days for which idempotency keys are kept: until then a repeated request gets its first answer, later it is a new one',
    ),
    noticeDays: setting(
      z.int().min(30).max(3650).default(365),
      '通知的保留天数（已读未读皆然）',
      'Days for which notices are kept, read or not',
    ),
    materialDays: setting(
      z.int().min(1).max(3650).default(30),
      '已删除的材料图片、已放弃或关闭的订单的材料图片的保留天数',
      'Days for which pictures of materials are kept once they were removed, or their filing was given up or closed',
    ),
    messageDays: setting(
      z.int().min(30).max(36_500).nullable().default(1096),
      '已处理的管局消息的保留天数；审核通过与注销消息随备案记录一直保留。null 为永久保留',
      'Days for which messages of the authority are kept once they were taken; approvals and cancellations stay with the records. null keeps all for ever',
    ),
    packageDays: setting(
      z.int().min(93).max(36_500).default(184),
      '经接口 V3.0 或文件与管局交换的数据包、下载的文件和已处理的事项的保留天数；接口规范要求不少于三个月',
      'Days for which packages, downloaded files and settled cases of interface V3.0 are kept; the interface wants three months',
    ),
    auditDays: setting(
      z.int().min(184).max(36_500).nullable().default(1096),
      '审计记录的保留天数：过后按日清除，其封印和清除记录仍保留。不少于 184（六个月，《网络安全法》第二十一条）；null 为永久保留',
      'Days for which the audit is kept; older days are cleared away, their seals and the fact stay. At least 184 (six months: Cybersecurity Law, article 21); null keeps it for ever',
    ),
    auditExportedOnly: setting(
      z.boolean().default(false),
      '只清除已由 openbeian audit export 导出的日子',
      'Clear away only days that openbeian audit export has written',
    ),
  })
  .prefault({});
