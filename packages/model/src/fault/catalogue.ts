/**
 * The closed catalogue of faults. Every error that leaves OpenBeian is one of these; `http/problem.ts` maps each
 * to a status, and `docs/failure-modes.md` is generated from this file (a test keeps both complete).
 *
 * `zh`/`en` are for people and say what to do. `internal` is for the engineer who reads the log.
 * `retry`: `never` (the same request fails again), `later` (try the same again), `after_reload` (read afresh, decide again).
 */
export const faultCatalogue = {
  'input.invalid': {
    zh: '提交的内容有误，请按所列位置逐项改正后重新提交；本次没有保存任何内容。',
    en: 'The input has mistakes. Correct each place listed and send it again; nothing was saved.',
    internal: 'A request, file or row failed its schema; `places` lists every path with what was expected.',
    retry: 'never',
  },
  'request.unknown_route': {
    zh: '没有这个接口地址或请求方法，请对照 /api/v1/openapi.json 检查。',
    en: 'There is no such address or method. Check it against /api/v1/openapi.json.',
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
    zh: '请求内容过大，请减小后再提交（例如分几次载入清单）。',
    en: 'The request is too large. Make it smaller, for example by loading an inventory in parts.',
    internal: 'The body exceeds http.bodyLimitBytes.',
    retry: 'never',
  },
  'request.foreign_origin': {
    zh: '该请求来自其他网站，已拒绝；请在 OpenBeian 自己的页面中操作。',
    en: 'The request came from another web site and was refused. Work from OpenBeian’s own pages.',
    internal: 'A state-changing request carried an Origin that is neither ours nor in http.publicUrl.',
    retry: 'never',
  },
  'auth.required': {
    zh: '登录已失效或尚未登录，请登录后重试。',
    en: 'You are not signed in, or the session has ended. Sign in and try again.',
    internal: 'No valid session or token came with the request.',
    retry: 'never',
  },
  'auth.wrong_credentials': {
    zh: '登录名或密码不正确，请检查后重试；忘记密码请联系运营人员重置。',
    en: 'Login name or password is wrong. Check them and try again, or ask an operator to reset the password.',
    internal: 'Sign-in failed; the same answer for an unknown login and a wrong password.',
    retry: 'never',
  },
  'auth.forbidden': {
    zh: '当前角色无权进行此操作，请换用有权限的账号登录，或联系运营人员。',
    en: 'Your role may not do this. Sign in with an account that may, or ask an operator.',
    internal: 'The actor is known but its role or account does not allow the operation.',
    retry: 'never',
  },
  'auth.too_many_attempts': {
    zh: '尝试次数过多，请在提示的时间之后再试。',
    en: 'Too many attempts. Wait as long as indicated, then try again.',
    internal: 'A guess limit (sign-in or code verification) was reached; `retryAfterSeconds` says how long.',
    retry: 'later',
  },
  'auth.key_refused': {
    zh: 'API 密钥无效：可能写错、已过期、已吊销或已轮换；请核对，或在“API 密钥”页面另建、轮换。',
    en: 'The API key is not accepted: mistyped, expired, revoked or rotated. Check it, or make or rotate one on the API keys page.',
    internal: 'Authorization was a Bearer that is no live key; one answer for all cases.',
    retry: 'never',
  },
  'auth.scope_missing': {
    zh: '该 API 密钥没有此操作的权限；请换用有权限的密钥，仅供人员操作的接口请登录后使用。',
    en: 'The API key is not allowed to do this. Use a key with the scope named; what is for people only needs a sign-in.',
    internal: 'The operation declares a scope that the key lacks, or none at all.',
    retry: 'never',
  },
  'auth.rate_limited': {
    zh: '该 API 密钥的请求过于频繁，请在提示的时间之后再试，并放慢请求。',
    en: 'This API key sends requests too fast. Wait as long as indicated, then go on more slowly.',
    internal: 'http.limits.requestsPerApiKey was reached in this process; `retryAfterSeconds` says how long.',
    retry: 'later',
  },
  'object.not_found': {
    zh: '没有找到该对象，或者它不属于当前账号；请核对编号。',
    en: 'There is no such object, or it is not yours. Check the id.',
    internal: 'Unknown id, or an id of another account: a stranger learns nothing.',
    retry: 'never',
  },
  'idempotency.key_missing': {
    zh: '写操作必须带 Idempotency-Key 请求头，请生成一个唯一值（重试时沿用）后再提交。',
    en: 'Every command needs an Idempotency-Key header. Make a unique value, keep it for retries, and send again.',
    internal: 'A command came without its idempotency key.',
    retry: 'never',
  },
  'idempotency.key_reused': {
    zh: '该 Idempotency-Key 已用于另一个内容不同的请求，请换一个新的值。',
    en: 'This Idempotency-Key was used for a different request. Use a new one.',
    internal: 'Same actor, operation and key, another request hash.',
    retry: 'never',
  },
  'object.changed': {
    zh: '数据在您操作期间已被更新，请刷新页面，核对后重新操作。',
    en: 'The data changed meanwhile. Reload, check, and do it again.',
    internal: 'A guarded write found another version and wrote nothing.',
    retry: 'after_reload',
  },
  'resource.not_eligible': {
    zh: '该资源目前不符合条件，请按所列原因逐项处理后再试。',
    en: 'This resource does not meet the conditions now. Mend each reason listed, then try again.',
    internal: 'model/eligibility decided against it; `reasons` carries all of them.',
    retry: 'after_reload',
  },
  'quota.exhausted': {
    zh: '剩余名额不足，请减少数量，换用其他资源，或在名额退回后再试。',
    en: 'Not enough quota is left. Ask for fewer, use another resource, or try again when quota has come back.',
    internal: 'The database refused to spend beyond the ledger’s capacity.',
    retry: 'after_reload',
  },
  'code.not_usable': {
    zh: '该备案授权码目前不能使用，请按所列原因处理，或换用其他授权码。',
    en: 'This filing code cannot be used now. Mend the reasons listed, or use another code.',
    internal: 'Verification of the code failed; `reasons` carries the codes of contract §8.',
    retry: 'after_reload',
  },
  'code.wrong_state': {
    zh: '授权码当前状态不允许此操作（例如已绑定、已使用或已撤销），请刷新后查看其状态。',
    en: 'The code’s state does not allow this (bound, used or revoked). Reload and look at its state.',
    internal: 'A guarded write on filing_code matched no row.',
    retry: 'after_reload',
  },
  'webhook.too_many': {
    zh: '事件通知地址的数量已达上限，请先删除不用的地址。',
    en: 'There are as many webhook endpoints as one account may have. Delete one that is not used first.',
    internal: 'createWebhook found webhooks.perAccount endpoints of the same owner.',
    retry: 'after_reload',
  },
  'webhook.paused': {
    zh: '该事件通知地址已暂停，请先恢复再发送。',
    en: 'This webhook endpoint is paused. Resume it first, then send.',
    internal: 'A test event or a redelivery was asked for while the endpoint is paused.',
    retry: 'after_reload',
  },
  'code.not_repointable': {
    zh: '按该产品的规则，授权码不能改到这个资源上；请在新资源上另行签发，不用的授权码可以撤销。',
    en: 'By this product’s rules the code cannot be pointed at that resource. Issue a new one there, and revoke this one if you do not need it.',
    internal: 'Policy `codes.repointable` is false, or the resource belongs to another provider.',
    retry: 'never',
  },
  'filing.not_needed': {
    zh: '按所填情况无需在本接入商备案，请查看给出的说明。',
    en: 'As described, no filing with this provider is needed. See the explanation given.',
    internal: 'model/filing/route answered not_required or elsewhere.',
    retry: 'never',
  },
  'filing.kind_not_offered': {
    zh: '本版本的在线流程暂不办理这一备案类型，请联系运营人员人工办理。',
    en: 'This release does not take this kind of filing online. Ask an operator to handle it.',
    internal: 'The routed kind has no online form in this release.',
    retry: 'never',
  },
  'filing.already_open': {
    zh: '该域名或该主体已有进行中的备案订单，请先完成或放弃那一单。',
    en: 'This name or this subject has an open filing. Finish or give up that one first.',
    internal: 'A unique index on open filings (name, subject) refused the row.',
    retry: 'after_reload',
  },
  'filing.subject_in_other_account': {
    zh: '该主体已在本接入商的另一个账号下备案，请用那个账号办理；确需换账号的，请联系运营人员迁移。',
    en: 'This subject is filed with us under another account. Use that account, or ask an operator to move the filing.',
    internal: 'A subject record of that certificate belongs to another account; one subject sits in one account.',
    retry: 'never',
  },
  'filing.wrong_state': {
    zh: '备案订单当前状态不允许此操作，请刷新后查看订单进度。',
    en: 'The filing’s state does not allow this. Reload and look at its progress.',
    internal: 'No transition of that name leaves the present state.',
    retry: 'after_reload',
  },
  'filing.form_incomplete': {
    zh: '备案信息还有未通过检查的项，请按提示逐项修改后再提交。',
    en: 'The form has items that do not pass the check. Mend each finding, then submit again.',
    internal: 'The pre-check before submit has findings; `findings` carries field, rule and remedy.',
    retry: 'after_reload',
  },
  'filing.resource_missing': {
    zh: '提交前请先选择云资源，或填写备案授权码。',
    en: 'Before submitting, choose a resource or enter a filing code.',
    internal: 'A filing was submitted with nothing bound.',
    retry: 'after_reload',
  },
  'review.own_work': {
    zh: '提交人不能审核自己提交的订单，请由另一位审核员处理。',
    en: 'Nobody reviews a filing of their own. Another reviewer must take it.',
    internal: 'Two-person separation between submit and review.',
    retry: 'never',
  },
  'authority.unreachable': {
    zh: '暂时无法连接管局系统，系统会自动重试；若持续出现，请运营人员检查管局接口地址和网络。',
    en: 'The authority’s system cannot be reached; we retry by ourselves. If it lasts, an operator checks its address and the network.',
    internal: 'Connection failed, timed out, or answered 5xx.',
    retry: 'later',
  },
  'authority.refused': {
    zh: '管局系统拒收了报送内容，请运营人员按所列位置检查接口配置或数据。',
    en: 'The authority’s system refused what was sent. An operator checks configuration and data at the places listed.',
    internal:
      'The exchange answered 4xx: the document or the credentials are wrong; sending the same again is useless.',
    retry: 'never',
  },
  'store.directory_in_use': {
    zh: '数据目录正被另一个进程使用，请先停止那个进程，或换一个数据目录。',
    en: 'The data directory is in use by another process. Stop that process, or choose another directory.',
    internal: 'The directory lock of the embedded database is held.',
    retry: 'later',
  },
  'store.schema_newer': {
    zh: '数据库由更新的版本创建，请升级 OpenBeian 后再启动；旧版本不会改动它。',
    en: 'The database was made by a newer release. Upgrade OpenBeian; this release will not touch it.',
    internal: 'The migrations table names migrations that this release does not know.',
    retry: 'never',
  },
  'store.schema_altered': {
    zh: '数据库迁移文件在执行之后被改动过，请恢复发行包里原来的文件后再启动。',
    en: 'A migration file was changed after it had been applied. Restore the file of the release, then start again.',
    internal: 'The checksum of an applied migration differs from its file; nothing was applied.',
    retry: 'never',
  },
  'store.unavailable': {
    zh: '数据库暂时不可用，请稍后再试；若持续出现，请运营人员检查数据库。',
    en: 'The database is not available at present. Try again later; if it lasts, an operator checks the database.',
    internal: 'Connection lost or refused; nothing was acknowledged.',
    retry: 'later',
  },
  'secret.unknown_key': {
    zh: '数据由未配置的密钥加密，请运营人员把该密钥加回密钥配置。',
    en: 'Data is sealed under a key that is not configured. An operator adds that key back to the key ring.',
    internal: 'The key id of a ciphertext is not in the key ring.',
    retry: 'never',
  },
  'config.invalid': {
    zh: '配置有误，请按所列位置改正后重新启动。',
    en: 'The configuration has mistakes. Correct the places listed and start again.',
    internal: 'Configuration failed its schema; unknown keys are refused.',
    retry: 'never',
  },
  internal: {
    zh: '系统内部错误，本次操作未完成；请稍后再试，并把错误编号告知运营人员。',
    en: 'Something failed on our side and the operation was not done. Try again later and give the error id to an operator.',
    internal: 'An unexpected exception; the log has it under the same id.',
    retry: 'later',
  },
} as const satisfies Record<string, FaultText>;

export interface FaultText {
  readonly zh: string;
  readonly en: string;
  readonly internal: string;
  readonly retry: 'never' | 'later' | 'after_reload';
}

export type FaultCode = keyof typeof faultCatalogue;
