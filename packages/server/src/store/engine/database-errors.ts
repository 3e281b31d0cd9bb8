import { Fault, isFault } from '@openbeian/model/fault';

interface DatabaseError {
  readonly code?: string;
  readonly constraint?: string;
  readonly message?: string;
}

/** What pg and PGlite put on their errors; of anything else thrown, all parts are absent. */
function partsOf(error: unknown): DatabaseError {
  if (typeof error !== 'object' || error === null) return {};
  const text = (key: keyof DatabaseError) => {
    const value: unknown = Reflect.get(error, key);
    return typeof value === 'string' ? { [key]: value } : {};
  };
  return { ...text('code'), ...text('constraint'), ...text('message') };
}

/** True when the server takes no writes: a standby, or one that was told so. */
export function isReadOnly(error: unknown): boolean {
  return partsOf(error).code === '25006';
}

/** True behind a pooler whose session is not the one that prepared the statement: it does not exist, or exists already. */
export function isUnknownStatement(error: unknown): boolean {
  return unknownStatementStates.has(partsOf(error).code ?? '');
}

/**
 * True when a transaction can simply be run again: serialization failure, deadlock, a person who was deleted between reading and
 * writing, and statements that another session of a pooler had prepared, which are not prepared any more from then on.
 */
export function isTransient(error: unknown): boolean {
  return transientStates.has(partsOf(error).code ?? '') || isOfNobody(error);
}

/** True when a lock was not there within `lock_timeout`, or two waited for each other. */
export function isLockTimeout(error: unknown): boolean {
  const { code } = partsOf(error);
  return code === '55P03' || code === '40P01';
}

/** True when a row was written for a person who is not there any more. */
const isOfNobody = (error: unknown): boolean => {
  const { code, constraint = '' } = partsOf(error);
  return code === '23503' && referencesPerson.test(constraint);
};
const referencesPerson = /^(auth_credential|auth_session|one_time_token|person_[a-z_]+)_user_?id_fkey$/i;

/** True when this constraint refused the write. */
export function isRefusedBy(error: unknown, constraint: string): boolean {
  return partsOf(error).constraint === constraint;
}

const unknownStatementStates = new Set(['26000', '42P05']);
const transientStates = new Set(['40001', '40P01', ...unknownStatementStates]);
/**
 * No connection, or it ended, or it leads to a server that takes no writes: class 08, shutdown, start-up, too many connections,
 * idle in transaction too long, read-only (a standby that was not promoted yet).
 */
const lostStates = new Set(['57P01', '57P02', '57P03', '53300', '25P03', '25006']);
/** The session is good, but the database cannot do it now: disk full, out of memory, statement or lock took too long. */
const unavailableStates = new Set(['53100', '53200', '57014', '55P03']);
const socketErrors = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
/** What pg throws without a code when the socket ends under a statement or no session comes free. */
const lostConnection =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after calling end/;

/** What OpenSSL and Node find wrong with a certificate. */
const certificateErrors =
  /^(ERR_TLS_CERT_ALTNAME_INVALID|CERT_[A-Z_]+|(DEPTH_ZERO_)?SELF_SIGNED_CERT(_IN_CHAIN)?|UNABLE_TO_(GET|VERIFY)_[A-Z_]+|HOSTNAME_MISMATCH)$/;

/** What is wrong with the encryption that `sslmode` asks for; null where that is not why. */
function tlsProblem(error: unknown): { readonly zh: string; readonly en: string } | null {
  const { code = '', message = '' } = partsOf(error);
  if (/server does not support SSL/.test(message)) {
    return {
      zh: '数据库服务器未启用 TLS，而连接串要求加密',
      en: 'The database server offers no TLS, which sslmode asks for.',
    };
  }
  if (!certificateErrors.test(code)) return null;
  return {
    zh: `数据库服务器的证书未通过验证（${code}）：请检查 sslrootcert 和主机名`,
    en: `The certificate of the database server is refused (${code}): check sslrootcert and the host name.`,
  };
}

/** The sign-in failed, there is no such database, or the role lacks a right. */
const refusedRoleStates = new Set(['28000', '28P01', '3D000', '42501']);

/** What somebody who starts a program can do about an error while the schema is looked at; anything else stays as it is. */
export function toStartFault(error: unknown): unknown {
  const { code = '', message = '' } = partsOf(error);
  if (!refusedRoleStates.has(code)) return error;
  // In the words of PostgreSQL, which names the role, the database or the table.
  const detail = { zh: `数据库的答复：${message}`, en: `The database says: ${message}` };
  return new Fault('store.role_refused', { detail, cause: error });
}

/**
 * What the database refused of a migration; anything else stays as it is, also what passes by waiting or is about the role.
 * @param place the migration and, where it goes in steps, the step and the object that it makes
 */
export function toMigrationFault(error: unknown, place: { readonly zh: string; readonly en: string }): unknown {
  const { code = '', message = '' } = partsOf(error);
  const isOther = isFault(error) || refusedRoleStates.has(code) || toFault(error) !== error;
  if (isOther || !/^[0-9A-Z]{5}$/.test(code)) return error;
  const detail = {
    zh: `${place.zh}，数据库的答复：${message}`,
    en: `${place.en}. The database says: ${message}`,
  };
  return new Fault('store.migration_failed', { detail, cause: error });
}

/** True when no session of the pool came free in time, which it says in these words. */
export function isPoolFull(error: unknown): boolean {
  return /timeout exceeded when trying to connect/.test(partsOf(error).message ?? '');
}

/** True when the session that threw it must not be used again. */
export function isConnectionLoss(error: unknown): boolean {
  const { code = '', message = '' } = partsOf(error);
  return (
    (code.length === 5 && code.startsWith('08')) ||
    lostStates.has(code) ||
    socketErrors.has(code) ||
    lostConnection.test(message) ||
    (error instanceof AggregateError && error.errors.some(isConnectionLoss)) ||
    error instanceof WebAssembly.RuntimeError
  );
}

/** True when the session was ended beneath its statement, by an operator, a pooler or a server that goes away: another one may do. */
export function isEndedSession(error: unknown): boolean {
  const { code = '', message = '' } = partsOf(error);
  return endedStates.has(code) || /Connection terminated unexpectedly|encountered a connection error/.test(message);
}
const endedStates = new Set(['57P01', '57P02', '08006', 'ECONNRESET', 'EPIPE']);

/**
 * Faults stay; what the database cannot do now, however often it is tried, becomes `store.unavailable`, and what is written for a
 * person who was deleted meanwhile `auth.required`; everything else is left for the log.
 */
export function toFault(error: unknown): unknown {
  if (isFault(error)) return error;
  if (isOfNobody(error)) return new Fault('auth.required', { cause: error });
  const detail = tlsProblem(error);
  if (detail !== null) return new Fault('store.unavailable', { detail, cause: error });
  const cannotNow = unavailableStates.has(partsOf(error).code ?? '') || isTransient(error);
  const isUnavailable = cannotNow || isConnectionLoss(error);
  return isUnavailable ? new Fault('store.unavailable', { cause: error }) : error;
}
