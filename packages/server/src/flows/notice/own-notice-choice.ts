import { noticeGroups } from '@openbeian/model/filing';
import { z } from 'zod';
import type { NoticeChoice } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import { type CommandRequest, onceForKeyPresenting } from '../command/once-for-key.ts';
import { commandInParts, query } from '../command/operation.ts';
import type { Step } from '../command/step.ts';
import { ownPerson } from '../person/own-access.ts';
import { mailOf } from '../person/person-view.ts';
import { groupsOf, isMandatory, languageOf, mailedGroups } from './notice-choice.ts';

async function viewOf(step: Step) {
  const { deps, tx } = step;
  const { id, role, sealedMail } = await ownPerson(step);
  const chosen = await tx.notices.findChoice(id);
  const mailed = mailedGroups(role, chosen);
  return {
    enabled: deps.notifier.enabled,
    mail: sealedMail === null ? null : mailOf(deps, id, sealedMail),
    language: languageOf(chosen),
    groups: groupsOf(role).map((group) => ({
      group,
      text: { zh: noticeGroups[group].zh, en: noticeGroups[group].en },
      mailed: mailed.includes(group),
      mandatory: isMandatory(role, group),
    })),
  };
}

/** Which notices the caller has mailed, and in which language. */
export const getNoticeChoice = query({ id: 'getNoticeChoice', faults: [] }, (step: Step) => viewOf(step));

/** Sets that. What is mandatory is mailed in any case, and the console has every notice. */
export const putNoticeChoice = commandInParts(
  { id: 'putNoticeChoice', faults: [] },
  (request: CommandRequest, input: NoticeChoice) =>
    onceForKeyPresenting(
      request,
      input,
      async (step) => {
        const { id, role } = await ownPerson(step);
        const before = await step.tx.notices.findChoice(id);
        const chosen = { groups: [...new Set(input.groups)], language: input.language };
        await step.tx.notices.putChoice(id, chosen, step.at);
        const changed = [
          { field: 'groups', before: mailedGroups(role, before), after: mailedGroups(role, chosen) },
          { field: 'language', before: languageOf(before), after: languageOf(chosen) },
        ].filter((one) => String(one.before) !== String(one.after));
        await recordAudit(step, 'NoticeChoiceSet', { kind: 'person', id }, { changed });
        return {};
      },
      { stored: z.object({}), present: (step) => viewOf(step) },
    ),
);
