import { addDays } from '@openbeian/model/calendar';
import { uploadNeeded } from '@openbeian/server/main';
import { type Filing, refused } from './main-line.ts';
import { applicant, formValues, inventory, serverId, startBody } from './sample-data.ts';
import type { StepReport } from './step-report.ts';
import type { World } from './world.ts';

const dayMs = 86_400_000;

async function newCode(world: World): Promise<{ clear: string; codeId: string }> {
  const company = await world.as('company');
  const body = { granteeAccountId: world.accountOf('individual') };
  const { codes } = await company.issueCodes({ params: { resourceId: serverId }, body });
  const [code] = codes;
  if (code === undefined) throw new Error('no code was issued');
  return { clear: code.clear, codeId: code.code.id };
}

/** A further site of the same person, who is filed here by now: routed as such, filled in, bound and submitted. */
async function submitted(
  world: World,
  steps: StepReport,
  { domainName, siteName, clear }: { readonly domainName: string; readonly siteName: string; readonly clear: string },
): Promise<Filing> {
  const individual = await world.as('individual');
  const { filing } = await individual.startFiling({ body: startBody(domainName) });
  steps.expect(
    filing.kind === 'add_site_here',
    '主体已在本接入商备案，判定为新增网站',
    'The subject is filed here: routed as an added site',
    filing.kind,
  );
  const params = { filingId: filing.id };
  const all = { ...formValues(siteName), 'service.homeUrl': `https://${domainName}/` };
  const values = Object.fromEntries(Object.entries(all).filter(([path]) => path.startsWith('service.')));
  const saved = await individual.saveFilingForm({ params, body: { version: filing.version, values } });
  const bound = await individual.bindFiling({ params, body: { version: saved.filing.version, with: { code: clear } } });
  await uploadNeeded(individual, filing.id);
  return individual.submitFiling({ params, body: { version: bound.version } });
}

/** Discarded: the code becomes usable again. */
export async function givenUp(world: World, steps: StepReport): Promise<{ clear: string; codeId: string }> {
  steps.chapter('另一结局：放弃备案，授权码释放', 'Another ending: discarded, the code is released');
  const individual = await world.as('individual');
  const code = await newCode(world);
  const filing = await submitted(world, steps, {
    domainName: 'story-given-up.cn',
    siteName: '听澜读书小记',
    clear: code.clear,
  });
  const bound = await individual.getCode({ params: { codeId: code.codeId } });
  steps.expect(
    bound.state === 'bound',
    '订单进行中，授权码已绑定',
    'While the filing is open the code is bound',
    bound.state,
  );
  const ended = await individual.abandonFiling({ params: { filingId: filing.id }, body: { version: filing.version } });
  steps.expect(ended.state === 'abandoned', '订单已放弃', 'The filing is discarded', ended.state);
  const free = await individual.verifyCode({ body: { code: code.clear, accountId: world.accountOf('individual') } });
  steps.expect(free.usable, '授权码可再次使用', 'The code works again', free);
  return code;
}

/** Under 30 days left: the code stops; renewing revives it. */
export async function runsOut(world: World, steps: StepReport, code: { clear: string; codeId: string }): Promise<void> {
  steps.chapter(
    '另一结局：服务器不足 30 天，授权码暂停，续费恢复',
    'Another ending: under 30 days the code stops; renewing revives it',
  );
  const [operator, individual] = [await world.as('operator'), await world.as('individual')];
  const today = await world.today();
  const ask = () => individual.verifyCode({ body: { code: code.clear, accountId: world.accountOf('individual') } });
  await operator.putInventory({ body: inventory(world, today, { expiresAt: addDays(today, 30) }) });
  steps.expect((await ask()).usable, '剩余恰好 30 天：可用', 'Exactly 30 days left: it works');
  await operator.putInventory({ body: inventory(world, today, { expiresAt: addDays(today, 29) }) });
  const stopped = await ask();
  steps.expect(
    stopped.reasons.map((reason) => reason.code).join() === 'code.remaining_term_too_short',
    '剩余 29 天：授权码暂停',
    '29 days left: the code stops',
    stopped,
  );
  for (const reason of stopped.reasons)
    steps.say(`${reason.message.zh} → ${reason.remedy?.zh}`, `${reason.message.en} → ${reason.remedy?.en}`);
  await operator.putInventory({ body: inventory(world, today) });
  steps.expect((await ask()).usable, '续费后自动恢复', 'Renewed, it works again');
}

/** The authority rejects; the customer may correct it or give it up. */
export async function rejected(
  world: World,
  steps: StepReport,
  code: { clear: string; codeId: string },
): Promise<void> {
  steps.chapter('另一结局：管局驳回', 'Another ending: rejected by the authority');
  const [individual, reviewer] = [await world.as('individual'), await world.as('reviewer')];
  const filing = await submitted(world, steps, {
    domainName: 'story-rejected.cn',
    siteName: world.authority.takenSiteName,
    clear: code.clear,
  });
  const params = { filingId: filing.id };
  await reviewer.passFiling({ params, body: { version: filing.version } });
  await world.settle();
  await world.authority.confirmSms(applicant.mobile, applicant.residentId);
  await world.settle();
  await world.advance(60 * 60_000);
  await world.settle();
  const { filing: back } = await individual.getFiling({ params });
  const [reason] = back.findings;
  steps.expect(
    back.state === 'rejected' && reason?.from === 'authority',
    '管局驳回，附原因',
    'Rejected, with the reason',
    back,
  );
  steps.say(`${reason?.field ?? ''} ${reason?.message.zh}`, `${reason?.field ?? ''} ${reason?.message.en}`);
  const blocked = await world.askGate('story-rejected.cn');
  steps.expect(!blocked.served, '网关仍阻断该域名', 'The gate still blocks the name', blocked);
  await individual.abandonFiling({ params, body: { version: back.version } });
  const free = await individual.getCode({ params: { codeId: code.codeId } });
  steps.expect(free.state === 'unused', '放弃后授权码已释放', 'Once discarded, the code can be used again', free.state);
}

/** No SMS within 24 hours: the filing comes back, over interface V3.0 as a rejection. Needs a clock that can be moved. */
export async function smsRunsOut(
  world: World,
  steps: StepReport,
  code: { clear: string; codeId: string },
): Promise<void> {
  steps.chapter(
    '另一结局：24 小时内未核验短信，订单退回',
    'Another ending: no SMS within 24 hours, the filing comes back',
  );
  const [individual, reviewer] = [await world.as('individual'), await world.as('reviewer')];
  const filing = await submitted(world, steps, {
    domainName: 'story-no-sms.cn',
    siteName: '望舒观星小记',
    clear: code.clear,
  });
  const params = { filingId: filing.id };
  await reviewer.passFiling({ params, body: { version: filing.version } });
  await world.settle();
  await world.advance(dayMs + 1000);
  await world.settle();
  const { filing: back } = await individual.getFiling({ params });
  const [reason] = back.findings;
  steps.expect(
    back.state === 'rejected' && reason?.from === 'authority',
    '超时退回，可直接重新提交',
    'It came back and may be submitted again',
    back,
  );
  steps.say(reason?.message.zh ?? '', reason?.message.en ?? '');
  await refused(steps, 'object.changed', individual.submitFiling({ params, body: { version: back.version - 1 } }), {
    zh: '过时的页面不会覆盖新状态',
    en: 'A stale screen overwrites nothing',
  });
  await individual.abandonFiling({ params, body: { version: back.version } });
}
