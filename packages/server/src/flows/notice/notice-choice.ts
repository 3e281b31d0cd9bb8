import { deskEvents, type NoticeGroup, noticeGroupNames, noticeGroups } from '@openbeian/model/filing';
import type { NoticeChoice, NoticeType, PersonRow } from '../../ports/index.ts';

/** By which group people choose a notice of that type. */
export function groupOf(type: NoticeType): NoticeGroup {
  // A type of a newer release is of no group that is known here.
  const events: Readonly<Record<string, { readonly group: NoticeGroup }>> = deskEvents;
  return events[type]?.group ?? (type.startsWith('Code') ? 'code' : 'account');
}

/** The groups of which there is anything for such a person. */
export function groupsOf(role: PersonRow['role']): readonly NoticeGroup[] {
  if (role === 'customer') return noticeGroupNames;
  if (role === 'operator') return ['deadline', 'account'];
  return role === 'reviewer' ? ['deadline'] : [];
}

/** Mailed whatever they choose: what a customer must not miss. */
export const isMandatory = (role: PersonRow['role'], group: NoticeGroup): boolean =>
  role === 'customer' && noticeGroups[group].isMandatory;

/** What somebody has mailed: as they chose, and before that what is usual; to the provider's people nothing is mailed unasked. */
export function mailedGroups(role: PersonRow['role'], chosen: NoticeChoice | null): readonly NoticeGroup[] {
  const wants = (group: NoticeGroup) =>
    chosen === null ? role === 'customer' && noticeGroups[group].isUsual : chosen.groups.includes(group);
  return groupsOf(role).filter((group) => isMandatory(role, group) || wants(group));
}

export const languageOf = (chosen: NoticeChoice | null): NoticeChoice['language'] => chosen?.language ?? 'both';
