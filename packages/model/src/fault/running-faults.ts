import type { FaultText } from './fault-text.ts';

/** Faults of what a program runs with, such as database, keys and configuration; an operator has to act on most of them. */
export const runningFaults = {
  'store.directory_in_use': {
    zh: '数据目录正被另一个进程使用，请先停止该进程，或更换数据目录。',
    en: 'The data directory is in use by another process. Stop that process, or choose another directory.',
    internal: 'The directory lock of the embedded database is held.',
    retry: 'later',
  },
  'store.schema_newer': {
    zh: '数据库由更新的版本创建，请升级 OpenBeian 后再启动；旧版本不会改动它。',
    en: 'The database was created by a newer release. Upgrade OpenBeian; this release does not change it.',
    internal: 'The migrations table names migrations that this release does not know.',
    retry: 'never',
  },
  'store.schema_altered': {
    zh: '数据库迁移文件在执行之后被改动过，请恢复发行包中的原文件后再启动。',
    en: 'A migration file was changed after it had been applied. Restore the file of the release, then start again.',
    internal: 'The checksum of an applied migration differs from its file; nothing was applied.',
    retry: 'never',
  },
  'store.migration_failed': {
    zh: '数据库升级停在所列的迁移步骤：该步骤未生效，此前完成的保留。请按数据库的答复处理所列对象，再执行 openbeian migrate，将从这一步继续；无法处理时，请将所列内容告知维护者。',
    en: 'Bringing the database up to date stopped at the migration and step named: it took no effect, what was done before stays. Correct the object as the database says and run openbeian migrate again, which goes on at this step; if you cannot, tell the maintainers what is named.',
    internal: 'A statement of a migration failed, for what neither waiting nor another role would change.',
    retry: 'never',
  },
  'store.role_refused': {
    zh: '数据库拒绝了所用的身份，程序不会启动。请检查连接串中的用户、密码和数据库名；新的数据库或新版本，请先以表的所有者身份执行 openbeian migrate，再按 docs/database-role.md 授权。',
    en: 'The database refuses this role, so nothing is started. Check user, password and database in the connection string; for a new database or a new release, first run openbeian migrate as the owner of the tables and grant the rights of docs/database-role.md.',
    internal:
      'At start: the sign-in or the database was refused, or the schema is not this release’s and the role may not change it.',
    retry: 'never',
  },
  'store.unreadable': {
    zh: '数据库中有一行数据无法读取，该行已跳过或搁置，其余不受影响。请运营人员按所列的表、行和位置恢复该行（例如从备份），然后重试。',
    en: 'A row of the database cannot be read; it is left out or parked, and nothing else waits for it. An operator should restore it at the table, row and place named, from a backup for example, and retry.',
    internal: 'A JSON column does not have the shape that every release has written, or a sealed value does not open.',
    retry: 'never',
  },
  'store.unavailable': {
    zh: '数据库暂时不可用，请稍后再试；若持续出现，请运营人员检查数据库。',
    en: 'The database is unavailable. Try again later; if this persists, an operator should check the database.',
    internal: 'Connection lost or refused; nothing was acknowledged.',
    retry: 'later',
  },
  'audit.altered': {
    zh: '该日的审计记录与封印不一致，未清除。请执行 openbeian audit verify 找出被改动的记录，查明并恢复后重试。',
    en: 'The audit rows of this day differ from their seals, so they are not cleared. Run openbeian audit verify to find the rows, restore them, and retry.',
    internal:
      'Found when the day was verified before its clearing, or fewer or more rows were deleted than its seal covers.',
    retry: 'never',
  },
  'clock.wrong': {
    zh: '本机时钟不可信：到期处理、清理与提醒已暂停，其余工作继续。请校准本机和数据库所在机器的时间（NTP），相符后自动恢复。',
    en: 'This machine’s clock cannot be trusted: what is done at deadlines, clearing and notices are paused; everything else goes on. Set the time of this machine and of the database’s (NTP); it resumes by itself once they agree.',
    internal:
      'The clock differs from the database’s by more than a minute, or jumped by more than ten within the last fifteen.',
    retry: 'later',
  },
  'server.busy': {
    zh: '服务器繁忙，或提交的清单过大、未能在限定时间内处理完。请在提示的时间之后再试；清单若仍如此，请分批提交。',
    en: 'The server is busy, or an inventory takes too long. Try again after the time shown; if this persists, send an inventory in parts.',
    internal:
      'Pictures are looked at in a process of its own: too many wait. Inventories are read in threads of their own: too many waited, of all callers or of this one, or one took more than its time or memory and its thread was ended. Nothing was stored.',
    retry: 'later',
  },
  'material.store_unavailable': {
    zh: '暂时无法读写材料图片，请稍后再试；若持续出现，请联系运营人员检查材料存储。',
    en: 'Pictures cannot be read or written at the moment. Try again later; if this lasts, an operator should check the store of materials.',
    internal: 'The directory or the S3-compatible store (materials.store) failed or answered with an error.',
    retry: 'later',
  },
  'material.scan_unavailable': {
    zh: '病毒扫描暂不可用，图片未保存，请稍后再试。',
    en: 'The virus scanner is not available, so the picture was not saved. Try again later.',
    internal: 'clamd (materials.scanner) cannot be reached, took too long, or answered with an error.',
    retry: 'later',
  },
  'verification.unreachable': {
    zh: '电子化核验服务暂不可用，请稍后再试；也可改用核验单或现场核验。',
    en: 'The verification service is not available. Try again later, or choose a verification sheet or an appointment instead.',
    internal:
      'The service of verification.url cannot be reached, took too long, or answered something else than its wire says.',
    retry: 'later',
  },
  'secret.unknown_key': {
    zh: '数据由未配置的密钥加密，请运营人员将该密钥重新加入密钥配置。',
    en: 'Data is encrypted with a key that is not configured. An operator must add that key back to the key file.',
    internal: 'The key id of a ciphertext is not in the key ring.',
    retry: 'never',
  },
  'secret.wrong_key': {
    zh: '所配置的密钥不属于此数据库，程序不会启动。请从备份恢复该数据库的密钥文件，或检查 keyRingFile 与 database 的设置是否对应。',
    en: 'The configured keys do not belong to this database, so nothing is started. Restore this database’s key file from its backup, or check that keyRingFile and database belong together.',
    internal:
      'A check value in key_check differs, none of its keys is configured, or what was stored before does not open.',
    retry: 'never',
  },
  'config.invalid': {
    zh: '配置有误，请按所列位置修改后重新启动。',
    en: 'The configuration is invalid. Fix the places listed and start again.',
    internal: 'Configuration failed its schema; unknown keys are refused.',
    retry: 'never',
  },
  internal: {
    zh: '系统内部错误，本次操作未完成；请稍后再试，并将错误编号告知运营人员。',
    en: 'Internal error: the operation was not completed. Try again later, and give the error ID to an operator.',
    internal: 'An unexpected exception; the log has it under the same id.',
    retry: 'later',
  },
} as const satisfies Record<string, FaultText>;
