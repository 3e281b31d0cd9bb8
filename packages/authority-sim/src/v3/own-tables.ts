/*
 * Tables whose numbers no public source has (docs/sources.md `FILING-DESK`): the simulator's own, told in its code-table download.
 */

export const cancellationReasons = [
  [1, '网站停止运营'],
  [2, '主体注销或变更'],
  [3, '域名不再使用'],
  [4, '不再由本单位接入'],
  [5, '备案信息有误'],
  [6, '管局要求注销'],
  [9, '其他'],
] as const;

export const unfiledResults = [
  [1, '已关闭'],
  [2, '已备案'],
  [3, '不由本单位接入'],
  [4, '域名已不解析'],
] as const;

export const verificationOpinions = [
  [1, '信息属实'],
  [2, '信息不实'],
  [3, '无法联系'],
] as const;
