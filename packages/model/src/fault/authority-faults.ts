import type { FaultText } from './fault-text.ts';

/** Faults of the exchange with the filing authority. */
export const authorityFaults = {
  'authority.unreachable': {
    zh: '暂时无法连接管局系统，系统会自动重试；若持续出现，请运营人员检查管局接口地址和网络。',
    en: 'The authority’s system cannot be reached; requests are retried automatically. If this persists, an operator should check its address and the network.',
    internal: 'Connection failed, timed out, or answered 5xx.',
    retry: 'later',
  },
  'authority.occupied': {
    zh: '同一主体的上一件订单还在管局，待其有结果后系统会自动报送本单，无需操作。',
    en: 'The authority has not decided on an earlier filing of the same organiser. This one is handed over by itself afterwards; there is nothing to do.',
    internal:
      'Results of interface V3.0 name the organiser only, so two open hand-overs of one kind could not be told apart; the second waits.',
    retry: 'later',
  },
  'authority.refused': {
    zh: '管局系统拒收了报送内容，请运营人员按所列位置检查接口配置或数据。',
    en: 'The authority’s system refused the submission. An operator should check the configuration and data at the places listed.',
    internal:
      'The exchange answered 4xx: the document or the credentials are wrong; sending the same again is useless.',
    retry: 'never',
  },
  'authority.unreadable': {
    zh: '管局返回的数据无法读取，未处理其中任何内容。系统会再次下载；若反复出现，请运营人员按所列原因检查密钥等接口配置，或联系管局。',
    en: 'Data from the authority cannot be read, and none of it was applied. It is downloaded again; if this persists, an operator should check the interface’s configuration, such as its keys, for the reason given, or ask the authority.',
    internal:
      'A package or answer of interface V3.0 failed a step (base64, decryption, hash, ZIP, GBK, XML) or exceeded a bound; `reasons` names which.',
    retry: 'later',
  },
  'authority.not_sendable': {
    zh: '报送内容不符合管局接口的要求，未报送。请按所列位置修改后重新提交。',
    en: 'The data do not fit the authority’s interface, so nothing was sent. Correct the places listed, then submit again.',
    internal:
      'What was to be sent failed the schema of interface V3.0, has characters that GBK lacks, or exceeds a limit of a package.',
    retry: 'never',
  },
  'authority.case_unfit': {
    zh: '该事项不能这样处理。请刷新后查看事项的种类和所属订单，选择适用的处理方式。',
    en: 'This case cannot be settled in that way. Reload, look at its kind and its filing, and choose another way.',
    internal: 'The desk of the line answered does_not_fit: another kind of case, or the hand-over has ended.',
    retry: 'after_reload',
  },
  'authority.case_open': {
    zh: '已尝试处理，但未成功，该事项仍待处理。请查看管局线路的状态和密钥等接口配置，稍后再试。',
    en: 'It was tried without success, and the case is still open. Check the state of the line and the interface’s configuration, such as its keys, and try again later.',
    internal: 'Sending or reading once more failed; the case stays open.',
    retry: 'later',
  },
  'authority.line_stopped': {
    zh: '到该省的管局线路已停止，不能查询也不能报送，未做任何改动。请先排除停止的原因，在“管局线路”恢复该线路，然后再处理。',
    en: 'The line to this province is stopped: nothing can be asked or sent, and nothing was changed. Remove the cause, resume the line at “Lines to authorities”, and repair it then.',
    internal:
      'A difference was to be repaired that the authority has to be asked about, or that is sent to it, while its line is stopped.',
    retry: 'never',
  },
  'authority.difference_gone': {
    zh: '该差异已不存在或已变化，未做任何改动。请刷新后按最新的差异处理。',
    en: 'This difference is gone or has become another one. Nothing was changed; reload and look at what differs now.',
    internal: 'Both sides were compared again before the repair, and they agree or differ otherwise.',
    retry: 'after_reload',
  },
  'authority.repair_unfit': {
    zh: '该差异不能这样处理。请选择其他处理方式；本系统没有的备案须指定账号，未在本系统办理过的备案无法重新报送。',
    en: 'This difference cannot be repaired in that way; choose another. A record that is not here needs an account, and what was never filed here cannot be sent.',
    internal: 'The kind has no such repair, or too little is known to carry it out.',
    retry: 'after_reload',
  },
} as const satisfies Record<string, FaultText>;
