import { type Client, ProblemError } from '@openbeian/contract/client';
import { uploadNeeded } from '@openbeian/server/main';
import { applicant, domainName, expected, formValues, inventory, serverId, startBody } from './sample-data.ts';
import type { StepReport } from './step-report.ts';
import type { World } from './world.ts';

export type Filing = Awaited<ReturnType<Client['submitFiling']>>;

/** What must fail, fails with this fault; gives the problem document for a closer look. */
export async function refused(
  steps: StepReport,
  code: string,
  attempt: Promise<unknown>,
  said: { zh: string; en: string },
) {
  const { zh, en } = said;
  try {
    await attempt;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    steps.expect(error.code === code, zh, en, error.problem);
    return error.problem;
  }
  steps.expect(false, zh, en, 'it was accepted');
  throw new Error('unreachable');
}

/** Chapter 1: the inventory is loaded and every resource evaluated with all reasons. */
export async function evaluateInventory(world: World, steps: StepReport): Promise<void> {
  steps.chapter('导入资源清单，逐台判断', 'The inventory is imported and every resource is checked');
  const today = await world.today();
  const operator = await world.as('operator');
  const bad = {
    ...inventory(world, today),
    resources: [{ id: 'x', provider: 'xingyun', product: 'server', billing: 'weekly' }],
  };
  const problem = await refused(steps, 'input.invalid', operator.putInventory({ body: bad }), {
    zh: '有错误的清单被拒绝，并指出位置',
    en: 'An invalid inventory is refused, with the place of the error',
  });
  steps.say(
    `指出：${problem.places?.map((place) => place.path).join('、')}`,
    `named: ${problem.places?.map((place) => place.path).join(', ')}`,
  );
  await operator.putInventory({ body: inventory(world, today) });
  const { resources } = await operator.listResources();
  for (const [id, want] of Object.entries(expected)) {
    const check = resources.find((one) => one.id === id)?.check;
    const got = check && {
      file: [check.file.outcome, check.file.reasons.map((reason) => reason.code)],
      issue: [check.issue.outcome, check.issue.reasons.map((reason) => reason.code)],
    };
    const sourced = [...(check?.file.reasons ?? []), ...(check?.issue.reasons ?? [])].every(
      (reason) => reason.remedy !== null && reason.source !== null,
    );
    steps.expect(
      JSON.stringify(got) === JSON.stringify(want) && sourced,
      `${id}：可备案 ${want.file[0]}，可生成 ${want.issue[0]}${reasonList(want.issue[1])}`,
      `${id}: file ${want.file[0]}, issue ${want.issue[0]}${reasonList(want.issue[1])}`,
      got,
    );
  }
  const short = resources.find((one) => one.id === 'story-short')?.check.file.reasons;
  for (const reason of short ?? [])
    steps.say(`${reason.message.zh} → ${reason.remedy?.zh}`, `${reason.message.en} → ${reason.remedy?.en}`);
}

const reasonList = (codes: readonly string[]) => (codes.length === 0 ? '' : ` (${codes.join(', ')})`);

/** Chapter 2: the company issues a code and grants it to the individual. */
export async function issueAndGrant(world: World, steps: StepReport): Promise<{ clear: string; codeId: string }> {
  steps.chapter('企业生成授权码并授权给个人', 'The company issues a code and grants it');
  const company = await world.as('company');
  const individual = await world.as('individual');
  await refused(
    steps,
    'resource.not_eligible',
    individual.issueCodes({ params: { resourceId: 'story-own' }, body: {} }),
    { zh: '个人实名账号不能生成', en: 'An individual account cannot issue' },
  );
  const key = `story-${await world.today()}-${Math.floor(performance.now())}`;
  const issued = await company.issueCodes(
    { params: { resourceId: serverId }, body: { note: 'story' } },
    { idempotencyKey: key },
  );
  const again = await company.issueCodes(
    { params: { resourceId: serverId }, body: { note: 'story' } },
    { idempotencyKey: key },
  );
  const [first] = issued.codes;
  if (first === undefined) throw new Error('no code was issued');
  steps.expect(
    again.codes[0]?.clear === first.clear,
    '同一请求重复提交，只生成一次',
    'Repeating the request issues no second code',
  );
  steps.say(`授权码 ${first.clear}`, `code ${first.clear}`);
  const granteeAccountId = world.accountOf('individual');
  const mistyped = first.clear.replace(/.$/, (letter) => (letter === 'A' ? 'B' : 'A'));
  const ask = (client: Client, code: string) => client.verifyCode({ body: { code, accountId: granteeAccountId } });
  steps.expect(
    codesOf(await ask(individual, mistyped)) === 'code.mistyped',
    '输错一位能识别为输入错误',
    'A mistyped code is recognised as such',
  );
  await company.grantCode({ params: { codeId: first.code.id }, body: { granteeAccountId } });
  const verified = await ask(individual, first.clear.toLowerCase());
  steps.expect(verified.usable, '授权后，个人账号可用', 'After the grant the individual can use it', verified);
  return { clear: first.clear, codeId: first.code.id };
}

const codesOf = (answer: { reasons: { code: string }[] }) => answer.reasons.map((reason) => reason.code).join(',');

/** Chapter 3: the individual starts, fills in the form, sees what is wrong, binds the code and submits. */
export async function fillAndSubmit(world: World, steps: StepReport, clear: string): Promise<Filing> {
  steps.chapter('个人发起备案，系统判断类型并检查', 'The individual starts a filing; the system determines its type');
  const individual = await world.as('individual');
  const blocked = await world.askGate(`www.${domainName}`);
  steps.expect(
    !blocked.served && blocked.reason === 'unfiled',
    '网关阻断该域名：unfiled',
    'The gate blocks the domain: unfiled',
    blocked,
  );
  const { filing: started, route } = await individual.startFiling({ body: startBody() });
  steps.expect(
    started.kind === 'first' && route.accessible === 'after_number',
    '判定为首次备案',
    'Filing type: first filing',
    route,
  );
  const params = { filingId: started.id };
  const wrong = {
    ...formValues('小记'),
    'subject.principal.mobile': '12345',
    'service.homeUrl': 'https://example.com/',
  };
  const saved = await individual.saveFilingForm({ params, body: { version: started.version, values: wrong } });
  // The province's advice may be listed too; it does not prevent submission.
  const wrongFields = saved.form.findings.filter(
    ({ from, rule }) => from === 'pre_check' && rule !== 'material.missing',
  );
  const found = wrongFields.map((finding) => `${finding.field}: ${finding.rule}`);
  steps.expect(
    found.length === 3,
    `提交前检查指出 ${found.length} 处：${found.join('；')}`,
    `The check names ${found.length}: ${found.join('; ')}`,
    found,
  );
  await refused(
    steps,
    'filing.form_incomplete',
    individual.submitFiling({ params, body: { version: saved.filing.version } }),
    { zh: '有错误时不能提交', en: 'It cannot be submitted with errors' },
  );
  const corrected = await individual.saveFilingForm({
    params,
    body: { version: saved.filing.version, values: formValues('云帆小记') },
  });
  await handInMaterials(individual, steps, started.id, corrected.form.findings);
  const bound = await individual.bindFiling({
    params,
    body: { version: corrected.filing.version, with: { code: clear } },
  });
  steps.say('绑定授权码', 'code bound');
  const submitted = await individual.submitFiling({ params, body: { version: bound.version } });
  steps.expect(submitted.state === 'awaiting_review', '已提交初审', 'Submitted for review', submitted.state);
  return submitted;
}

type Findings = Awaited<ReturnType<Client['checkFiling']>>['findings'];

/** What the corrected form still lacks, and that nothing does once it is uploaded. */
async function handInMaterials(client: Client, steps: StepReport, filingId: string, before: Findings): Promise<void> {
  const missing = before.filter(({ severity }) => severity === 'error');
  steps.expect(
    missing.length > 0 && missing.every(({ rule }) => rule === 'material.missing'),
    `改正后只缺材料：${missing.length} 张图片`,
    `After the corrections only materials are missing: ${missing.length} pictures`,
    before,
  );
  const uploaded = await uploadNeeded(client, filingId);
  const { findings } = await client.checkFiling({ params: { filingId }, body: {} });
  steps.expect(
    findings.every(({ severity }) => severity === 'warning'),
    `上传 ${uploaded} 张图片后检查通过`,
    `With ${uploaded} pictures uploaded the check passes`,
    findings,
  );
}

/** Chapter 4: the reviewer rejects it with a reason at its field; corrected, it passes. */
export async function review(world: World, steps: StepReport, submitted: Filing): Promise<Filing> {
  steps.chapter('初审驳回，修改后通过', 'The reviewer rejects it, then approves the corrected filing');
  const [individual, reviewer] = [await world.as('individual'), await world.as('reviewer')];
  const params = { filingId: submitted.id };
  await refused(steps, 'auth.forbidden', individual.passFiling({ params, body: { version: submitted.version } }), {
    zh: '客户不能审核自己的订单',
    en: 'A customer cannot review',
  });
  const seen = await reviewer.getFilingForm({ params });
  steps.expect(
    !JSON.stringify(seen.values).includes(applicant.residentId),
    '审核员看到的个人信息已脱敏',
    'Personal data is masked for the reviewer',
  );
  const reasons = [{ field: 'service.name', reasonId: 'service.name_too_general', comment: '' }];
  const returned = await reviewer.returnFiling({ params, body: { version: submitted.version, reasons } });
  const [finding] = returned.findings;
  steps.expect(
    returned.state === 'returned' && finding?.field === 'service.name',
    '初审驳回，原因标在“网站名称”',
    'Rejected, with the reason at its field',
    returned,
  );
  steps.say(`${finding?.message.zh} → ${finding?.remedy?.zh}`, `${finding?.message.en} → ${finding?.remedy?.en}`);
  const corrected = await individual.saveFilingForm({
    params,
    body: { version: returned.version, values: { 'service.name': '云帆航海小记' } },
  });
  const again = await individual.submitFiling({ params, body: { version: corrected.filing.version } });
  const passed = await reviewer.passFiling({ params, body: { version: again.version } });
  steps.expect(
    passed.state === 'awaiting_forward',
    '改正后初审通过',
    'After the correction it is approved',
    passed.state,
  );
  return passed;
}

/** Chapters 5 and 6: the authority, the number, the used code, the open gate, the public query. */
export async function fileAndOpen(
  world: World,
  steps: StepReport,
  passed: Filing,
  code: { clear: string; codeId: string },
): Promise<Filing> {
  steps.chapter('提交管局：回执、短信核验、审核结果', 'The authority: receipt, SMS verification, verdict');
  const individual = await world.as('individual');
  const params = { filingId: passed.id };
  await world.settle();
  const received = await individual.getFiling({ params });
  steps.expect(
    received.filing.state === 'awaiting_sms',
    '管局已接收，等待短信核验',
    'Received by the authority, awaiting SMS verification',
    received.filing.state,
  );
  steps.expect(
    received.filing.dueAt !== null,
    `须在 ${received.filing.dueAt} 前核验`,
    `due by ${received.filing.dueAt}`,
  );
  await refused(
    steps,
    'filing.wrong_state',
    individual.abandonFiling({ params, body: { version: received.filing.version } }),
    { zh: '已到管局的订单不能放弃', en: 'A filing that is with the authority cannot be discarded' },
  );
  await world.authority.confirmSms(applicant.mobile, applicant.residentId);
  await world.settle();
  await world.advance(60 * 60_000);
  await world.settle();
  const { filing } = await individual.getFiling({ params });
  steps.expect(
    filing.state === 'filed',
    `备案成功：${filing.subjectNumber}、${filing.serviceNumber}`,
    `Filed: ${filing.subjectNumber}, ${filing.serviceNumber}`,
    filing,
  );

  steps.chapter('授权码已使用，网关放行，公开可查', 'The code is used, the gate allows it, the public query finds it');
  const used = await individual.getCode({ params: { codeId: code.codeId } });
  steps.expect(used.state === 'used', '授权码已使用', 'The code is used', used.state);
  const verified = await individual.verifyCode({
    body: { code: code.clear, accountId: world.accountOf('individual') },
  });
  steps.expect(codesOf(verified) === 'code.used', '不能再次使用', 'It cannot be used again', verified);
  const open = await world.askGate(`www.${domainName}`);
  steps.expect(open.served && open.reason === 'filed_here', '网关放行该域名', 'The gate lets the name through', open);
  const hits = await world.queryPublic(domainName);
  steps.expect(
    hits.some((hit) => hit.serviceLicence === filing.serviceNumber),
    '公开查询可查到备案号',
    'The public query finds the number',
    hits,
  );
  return filing;
}
