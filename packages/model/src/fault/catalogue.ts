import { authFaults } from './auth-faults.ts';
import { authorityFaults } from './authority-faults.ts';
import type { FaultText } from './fault-text.ts';
import { reviewFaults } from './review-faults.ts';
import { runningFaults } from './running-faults.ts';

/**
 * The closed catalogue of faults. Every error that leaves OpenBeian is one of these; `http/problem.ts` maps each
 * to a status, and `docs/failure-modes.md` is generated from this file (a test keeps both complete).
 *
 * `zh`/`en` are for people and say what to do. `internal` is for the engineer who reads the log.
 * `retry`: `never` (the same request fails again), `later` (try the same again), `after_reload` (read afresh, decide again).
 */
export const faultCatalogue = {
  'input.invalid': {
    zh: '提交的内容有误，未保存。请修改标出的内容后重新提交。',
    en: 'The request is invalid and nothing was saved. Fix the fields listed, then submit again.',
    internal: 'A request, file or row failed its schema; `places` lists every path with what was expected.',
    retry: 'never',
  },
  'request.unknown_route': {
    zh: '接口地址或请求方法不存在，请查看 /api/v1/openapi.json。',
    en: 'No such endpoint or method. See /api/v1/openapi.json.',
    internal: 'No route matches the method and path.',
    retry: 'never',
  },
  'request.wrong_content_type': {
    zh: '请求内容的类型不受支持，请用 application/json 提交。',
    en: 'The request’s content type is not supported. Send application/json.',
    internal: 'No parser for the Content-Type of a request with a body.',
    retry: 'never',
  },
  'request.too_large': {
    zh: '请求内容过大，请减小后再提交（例如分几次导入资源）。',
    en: 'The request is too large. Split it, for example by importing an inventory in parts.',
    internal:
      'The body exceeds the limit of the operation: bodyKiB in the contract, http.bodyLimitBytes for inventories.',
    retry: 'never',
  },
  'request.foreign_origin': {
    zh: '该请求来自其他网站，已拒绝；请在 OpenBeian 自己的页面中操作。',
    en: 'The request came from another website and was refused. Use OpenBeian’s own pages.',
    internal: 'A state-changing request carried an Origin that is neither ours nor in http.publicUrl.',
    retry: 'never',
  },
  'request.unknown_host': {
    zh: '本服务不以该主机名提供服务。请使用正确的网址访问；运营人员可在 http.publicUrl 或 http.otherHosts 中登记主机名。',
    en: 'This server does not serve that host name. Use the correct address; an operator can add the name to http.publicUrl or http.otherHosts.',
    internal:
      'The Host header is no address, not localhost, not the host of http.publicUrl and not in http.otherHosts.',
    retry: 'never',
  },
  ...authFaults,
  'person.login_taken': {
    zh: '该用户名已被使用，请换一个。',
    en: 'This user name is taken. Choose another one.',
    internal: 'A person with that login exists; nothing was changed.',
    retry: 'never',
  },
  'person.last_operator': {
    zh: '这是最后一名可以登录的运营人员，不能停用、删除或更改角色。请先邀请另一名运营人员。',
    en: 'This is the last operator who can sign in. Invite another one first.',
    internal: 'Without this person nobody could administer people.',
    retry: 'never',
  },
  'account.last_owner': {
    zh: '这是本账号最后一名可以登录的所有者，不能更改权限。请先将另一名成员设为所有者。',
    en: 'This is the last owner of the account who can sign in. Make another member an owner first.',
    internal:
      'Without this person nobody of the account could invite people or make API keys; owners are locked together.',
    retry: 'never',
  },
  'person.own_account': {
    zh: '不能对自己进行此操作，请由另一名有权限的人员操作。',
    en: 'You cannot do this to yourself. Ask another person who is allowed to.',
    internal: 'Administration of people is never of oneself.',
    retry: 'never',
  },
  'person.second_factor_needed': {
    zh: '您的角色必须保留至少一种两步验证方式。请先添加另一种，再移除此项。',
    en: 'Your role must keep at least one second factor. Add another one, then remove this.',
    internal: 'The policy requires a second factor, and this was the last.',
    retry: 'never',
  },
  'auth.forbidden': {
    zh: '无权限进行此操作。请换用有权限的账号登录，或联系运营人员。',
    en: 'You are not allowed to do this. Sign in with an account that is, or contact an operator.',
    internal: 'The actor is known but its role or account does not allow the operation.',
    retry: 'never',
  },
  'auth.too_many_attempts': {
    zh: '尝试次数过多，请在提示的时间之后再试。',
    en: 'Too many attempts. Try again after the time shown.',
    internal: 'A guess limit (sign-in or code verification) was reached; `retryAfterSeconds` says how long.',
    retry: 'later',
  },
  'auth.key_refused': {
    zh: 'API 密钥无效：可能输入有误、已过期、已吊销或已轮换。请核对，或在“API 密钥”页面新建或轮换。',
    en: 'Invalid API key: it is mistyped, expired, revoked or rotated. Check it, or create or rotate one on the API keys page.',
    internal: 'Authorization was a Bearer that is no live key; one answer for all cases.',
    retry: 'never',
  },
  'auth.scope_missing': {
    zh: '该 API 密钥无此操作权限。请换用有权限的密钥；仅供人工操作的接口请登录后使用。',
    en: 'The API key lacks the scope for this operation. Use a key with that scope; operations without a scope need a signed-in user.',
    internal: 'The operation declares a scope that the key lacks, or none at all.',
    retry: 'never',
  },
  'auth.rate_limited': {
    zh: '请求过于频繁，请在提示的时间之后再试，并放慢请求（RateLimit 响应头给出剩余额度）。',
    en: 'Too many requests. Try again after the time shown, at a lower rate; the RateLimit headers say what is left.',
    internal:
      'An allowance of http.limits was spent, over all server processes: requestsPerApiKey, costPerAccount, costPerAddress or lookupsPerAccount; `retryAfterSeconds` says how long.',
    retry: 'later',
  },
  'object.not_found': {
    zh: '资源不存在或无权限查看，请核对编号。',
    en: 'Not found, or you do not have access to it. Check the ID.',
    internal: 'Unknown id, or an id of another account: a stranger learns nothing.',
    retry: 'never',
  },
  'idempotency.key_missing': {
    zh: '写操作须携带 Idempotency-Key 请求头，请生成唯一值（重试时保持不变）后再提交。',
    en: 'Write operations need an Idempotency-Key header. Use a unique value and keep it for retries.',
    internal: 'A command came without its idempotency key.',
    retry: 'never',
  },
  'idempotency.key_reused': {
    zh: '该 Idempotency-Key 已用于另一个内容不同的请求，请更换为新的值。',
    en: 'This Idempotency-Key was used for a different request. Use a new one.',
    internal: 'Same actor, operation and key, another request hash.',
    retry: 'never',
  },
  'idempotency.in_progress': {
    zh: '同一请求正在处理中，请稍候再试；不会重复办理。',
    en: 'The same request is being worked on. Try again in a moment; it is done once only.',
    internal: 'The idempotency key was claimed less than a minute ago and has no answer yet.',
    retry: 'later',
  },
  'object.changed': {
    zh: '数据在您操作期间已被更新，请刷新页面，核对后重新操作。',
    en: 'The data has changed since you loaded it. Reload, check it and try again.',
    internal: 'A guarded write found another version and wrote nothing.',
    retry: 'after_reload',
  },
  'resource.not_eligible': {
    zh: '该资源不符合条件，请按所列原因处理后重试。',
    en: 'This resource is not eligible. Fix each reason listed, then try again.',
    internal: 'model/eligibility decided against it; `reasons` carries all of them.',
    retry: 'after_reload',
  },
  'quota.exhausted': {
    zh: '剩余名额不足，请减少数量，换用其他资源，或在名额返还后再试。',
    en: 'Not enough quota left. Request fewer, use another resource, or try again when quota is returned.',
    internal: 'The database refused to spend beyond the ledger’s capacity.',
    retry: 'after_reload',
  },
  'code.not_usable': {
    zh: '该备案授权码目前不能使用，请按所列原因处理，或换用其他授权码。',
    en: 'This filing code cannot be used. Fix the reasons listed, or use another code.',
    internal: 'Verification of the code failed; `reasons` carries the codes of contract §8.',
    retry: 'after_reload',
  },
  'code.wrong_state': {
    zh: '授权码当前状态不允许此操作（例如已绑定、已使用或已撤销），请刷新后查看其状态。',
    en: 'The code’s current status does not allow this (for example bound, used or revoked). Reload to see its status.',
    internal: 'A guarded write on filing_code matched no row.',
    retry: 'after_reload',
  },
  'reveal.quota_spent': {
    zh: '本班次查看个人信息的次数已用完，该情况已记入审计记录。请在提示的时间之后再试。',
    en: 'You have reached the limit of personal information you may reveal in this shift; this was logged. Try again after the time shown.',
    internal: 'revealFilingForm counted reveals.perShift looks of this actor in this shift.',
    retry: 'later',
  },
  'account.not_verified': {
    zh: '账号尚未完成实名认证，不能发起备案。请先在接入商的用户中心完成实名认证。',
    en: 'The account cannot start a filing because it is not real-name verified. Complete the verification with the provider first.',
    internal: 'startFiling by an account whose realName is none.',
    retry: 'after_reload',
  },
  'filing.too_many_drafts': {
    zh: '账号的草稿数量已达上限。请先提交或放弃已有的草稿。',
    en: 'The account has reached its limit of drafts. Submit or discard one first.',
    internal: 'startFiling found drafts.perAccount drafts of the account.',
    retry: 'after_reload',
  },
  'webhook.too_many': {
    zh: 'Webhook 接收地址的数量已达上限，请先删除不用的地址。',
    en: 'The account has reached its limit of webhook endpoints. Delete one you no longer use.',
    internal: 'createWebhook found webhooks.perAccount endpoints of the same owner.',
    retry: 'after_reload',
  },
  'webhook.paused': {
    zh: '该 Webhook 接收地址已暂停，请先恢复再发送。',
    en: 'This webhook endpoint is paused. Resume it first, then send.',
    internal: 'A test event or a redelivery was asked for while the endpoint is paused.',
    retry: 'after_reload',
  },
  'code.not_repointable': {
    zh: '按该产品的规则，授权码不能更换到该云资源；请在新资源上重新生成，不再使用的授权码可以撤销。',
    en: 'By the product’s rules this code cannot be moved to that resource. Create a new code there, and revoke this one if you no longer need it.',
    internal: 'Policy `codes.repointable` is false, or the resource belongs to another provider.',
    retry: 'never',
  },
  'filing.not_needed': {
    zh: '按所填情况无需在本接入商备案，请查看给出的说明。',
    en: 'No filing with this provider is needed for what you described. See the explanation.',
    internal: 'model/filing/route answered not_required or elsewhere.',
    retry: 'never',
  },
  'filing.kind_not_offered': {
    zh: '本版本的在线流程暂不办理这一备案类型，请联系运营人员人工办理。',
    en: 'This filing type is not available online in this release. Ask an operator to handle it.',
    internal: 'The routed kind has no online form in this release.',
    retry: 'never',
  },
  'filing.already_open': {
    zh: '该域名或该主体已有进行中的备案订单，请先完成或放弃该订单。',
    en: 'This domain or organiser already has a filing in progress. Finish or discard that one first.',
    internal: 'A unique index on open filings (name, subject) refused the row.',
    retry: 'after_reload',
  },
  'filing.conflict': {
    zh: '证件、名称与备案记录不一致，暂不能办理。请按给出的办法处理后再试。',
    en: 'Certificate, name and records do not fit together. Follow what is given for each conflict, then try again.',
    internal: 'model/filing/route/conflicts found one that blocks; `reasons` has them.',
    retry: 'after_reload',
  },
  'filing.precondition_unmet': {
    zh: '办理条件尚未全部满足。请查看未满足的条件和处理办法。',
    en: 'Not all conditions for this are met yet. See which ones, and what to do about each.',
    internal: 'Preconditions of the kind (model/filing/course) do not hold; `reasons` names them.',
    retry: 'after_reload',
  },
  'filing.subject_in_other_account': {
    zh: '该主体已在本接入商的另一个账号下备案，请使用该账号办理；确需换账号的，请联系运营人员迁移。',
    en: 'This organiser is filed with this provider under another account. Use that account, or ask an operator to move the filing.',
    internal: 'A subject record of that certificate belongs to another account; one subject sits in one account.',
    retry: 'never',
  },
  'filing.name_in_other_account': {
    zh: '该域名已在本接入商的另一个账号下备案，不能重复提交。域名已归您所有的，请联系运营人员核实并注销原备案。',
    en: 'This domain is filed with this provider under another account. If it is yours now, ask an operator to check that and cancel the former record.',
    internal: 'A filed service record of the domain, with our access, belongs to another account.',
    retry: 'never',
  },
  'filing.held_by_other_account': {
    zh: '该域名或证件正由另一账号办理备案，暂不能提交。您是其合法所有者的，请先完成域名所有权验证，或提交申诉，由运营人员核实。',
    en: 'Another account is filing this domain or certificate, so this filing cannot be submitted. If it is yours, prove the domain or contest it; an operator then decides.',
    internal:
      'Another account’s open filing holds the name (submitted, or its name proven) or the subject (submitted).',
    retry: 'after_reload',
  },
  'filing.not_held': {
    zh: '没有其他账号占用该域名或证件，可以直接提交。',
    en: 'No other account holds this domain or certificate. You can submit the filing.',
    internal: 'contestFiling found no rival.',
    retry: 'after_reload',
  },
  'filing.contest_open': {
    zh: '该订单已有待处理的申诉，请等待运营人员处理。',
    en: 'A contest of this filing is waiting for an operator’s decision.',
    internal: 'contest_one_open refused the row.',
    retry: 'after_reload',
  },
  'contest.decided': {
    zh: '该申诉已经处理，请刷新查看结果。',
    en: 'This contest is decided already. Reload to see the decision.',
    internal: 'The guarded decision found decided_at set.',
    retry: 'after_reload',
  },
  'name.not_proven': {
    zh: '尚未查到验证记录，域名所有权未能验证。请确认 TXT 记录的主机记录和记录值与页面一致；新增的记录通常需要几分钟才能生效。',
    en: 'The record was not found, so the domain is not proven yet. Check host and value of the TXT record against this page; new records usually take some minutes.',
    internal: 'Neither DNS nor the registrar proves the name; or no token was asked for, or it has expired.',
    retry: 'later',
  },
  'name.lookup_failed': {
    zh: '暂时无法查询该域名的 DNS，请稍后再试。',
    en: 'The domain’s DNS cannot be looked up now. Try again later.',
    internal: 'The resolver did not answer in time, or the name’s servers failed.',
    retry: 'later',
  },
  'filing.wrong_state': {
    zh: '备案订单当前状态不允许此操作，请刷新后查看订单进度。',
    en: 'The filing’s current status does not allow this. Reload to see its progress.',
    internal: 'No transition of that name leaves the present state.',
    retry: 'after_reload',
  },
  'authority.by_line': {
    zh: '该订单经接口向管局报送，结果由接口返回，不能手工录入。接口不能报送的订单搁置后，由运营人员在订单页点“改为手工录入”。没有接口时，请在配置中设置 authority.adapter: manual。',
    en: 'This filing goes to the authority over the line, and its results come over it; they are not entered by hand. One that the line cannot carry is parked: an operator then chooses “Enter by hand” on its page. Without a line, set authority.adapter: manual in the configuration.',
    internal:
      'Of a filing that was not taken out of the line, or (takeOverByHand) that the line may still send or has sent.',
    retry: 'never',
  },
  'filing.reopen_ended': {
    zh: '该订单超期关闭已久，超过了可恢复的期限（keep.undoDays）。请客户重新发起备案。',
    en: 'The filing lapsed too long ago to be reopened (keep.undoDays). Ask the customer to start a new one.',
    internal: 'A lapse is undone within keep.undoDays only; what it held may be gone afterwards.',
    retry: 'never',
  },
  'filing.superseded': {
    zh: '该订单关闭后，其域名或主体已由另一订单办成备案，不能恢复。请客户按现在的情况重新发起备案。',
    en: 'Since this filing lapsed, its domain or organiser has been filed by another one, so it cannot be reopened. Ask the customer to start a new filing.',
    internal:
      'A filed record of the name with our access, or, for a first filing, a record of the subject, is there now.',
    retry: 'never',
  },
  'filing.claimed_by_other': {
    zh: '该订单已由其他工作人员认领。请选择其他订单，或等待认领到期、由其释放；运营人员可以释放他人的认领。',
    en: 'Somebody else has claimed this filing. Take another one, or wait until the claim ends or is released; an operator can release it.',
    internal: 'claim_holder_id of the filing is another person and claim_until has not passed.',
    retry: 'after_reload',
  },
  'filing.not_claimed': {
    zh: '您没有认领该订单，或认领已到期。请先认领订单。',
    en: 'You have not claimed this filing, or your claim has ended. Claim it first.',
    internal: 'The step needs a claim of the actor’s own on the filing that has not ended.',
    retry: 'after_reload',
  },
  'filing.form_incomplete': {
    zh: '备案信息未通过检查，请按提示修改后重新提交。',
    en: 'Some filing details did not pass the check. Fix each issue listed, then submit again.',
    internal: 'The pre-check before submit has findings; `findings` carries field, rule and remedy.',
    retry: 'after_reload',
  },
  'material.refused': {
    zh: '图片未通过检查，未保存。请按提示处理后重新上传。',
    en: 'The picture did not pass the check and was not saved. Do what is said, then upload it again.',
    internal: 'The check at upload; `findings` carries field, rule and remedy. The upload is gone with it.',
    retry: 'never',
  },
  'upload.other_offset': {
    zh: '上传的位置与已收到的字节数不一致。请查询上传进度，从已收到的位置继续。',
    en: 'This part does not begin where the last one ended. Ask how far the upload has come, and go on from there.',
    internal:
      'A part at another byte than `received`, one that is longer than the rest, or a completion before the end.',
    retry: 'after_reload',
  },
  'filing.resource_missing': {
    zh: '提交前请先选择云资源，或填写备案授权码。',
    en: 'Choose a resource or enter a filing code before you submit.',
    internal: 'A filing was submitted with nothing bound.',
    retry: 'after_reload',
  },
  'move.not_proven': {
    zh: '备案号与证件不一致，无法确认您是该主体。请核对主体备案号、证件类型和证件号码。',
    en: 'Number and certificate do not belong together, so it is not shown that you are this organiser. Check the organiser’s number, the certificate type and its number.',
    internal: 'No subject in force of that number has the hash of that certificate.',
    retry: 'never',
  },
  'move.waiting': {
    zh: '该主体已有待确认的迁移，请先由对方确认或拒绝。',
    en: 'A move of this organiser’s records is waiting. Have the other side confirm or refuse that one first.',
    internal: 'account_move has an open row of the subject that has not lapsed.',
    retry: 'after_reload',
  },
  'move.own_side': {
    zh: '迁移须由另一方账号确认。请登录另一个账号办理。',
    en: 'The other account confirms a move. Sign in with that account.',
    internal: 'The account that began the move tried to confirm it.',
    retry: 'never',
  },
  'move.ended': {
    zh: '该迁移已经结束，请刷新查看结果。',
    en: 'This move has ended already. Reload to see how.',
    internal: 'The move was confirmed, refused or withdrawn, has lapsed, or its records are elsewhere.',
    retry: 'after_reload',
  },
  'demand.open': {
    zh: '该服务已有尚未完成的核查要求，请等待整改，或先撤销原要求。',
    en: 'A correction of this service is demanded already. Wait for it, or withdraw the demand first.',
    internal: 'correction_demand_one_open refused the row.',
    retry: 'after_reload',
  },
  'demand.ended': {
    zh: '该核查要求已经结束，请刷新查看。',
    en: 'This demand has ended already. Reload to see how.',
    internal: 'The demand was corrected or withdrawn before.',
    retry: 'after_reload',
  },
  'record.number_conflict': {
    zh: '管局批复的备案号已登记给其他主体或其他域名，或者不可能是本订单的备案号，未改动任何记录。请运营人员与管局核对：原记录确已失效的，先取消原记录；然后在“管局线路”处理该事项，没有管局线路的重试该消息。',
    en: 'The authority approved a filing number that is on record for another organiser or domain, or that cannot be this filing’s. No record was changed. An operator should check with the authority: if the old record is no longer valid, cancel it; then settle the case at the line to the authority, or retry the message where there is no line.',
    internal:
      'An approval names a number whose record in force belongs to another account, organiser or domain, or that is malformed, of another province or not the one on record. It is a case of its line; without a line its message is parked.',
    retry: 'never',
  },
  ...reviewFaults,
  ...authorityFaults,
  ...runningFaults,
} as const satisfies Record<string, FaultText>;

export type FaultCode = keyof typeof faultCatalogue;

/** Every code; Object.keys forgets which keys there are. */
export const faultCodes = Object.keys(faultCatalogue) as FaultCode[];
