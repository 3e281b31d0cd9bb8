import { type Problem, problemStatuses } from '@openbeian/contract';
import { Fault, type FaultCode, faultCatalogue } from '@openbeian/model/fault';
import { partnerNumberOf, partnerNumberOfRefusal, partnerNumbers } from '@openbeian/model/partner';

export const problemContentType = 'application/problem+json; charset=utf-8';

/** The language of `title` and `detail`; problem documents carry both languages anyway. */
export type Language = 'zh' | 'en';

/**
 * The first of zh and en that Accept-Language prefers; Chinese when it names neither.
 * @param header e.g. `en-GB,en;q=0.9,zh;q=0.8`
 */
export function languageOf(header: string | undefined): Language {
  const wishes = (header ?? '').split(',').map((part) => {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const weight = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
    return { language: tag.split('-')[0] ?? '', weight: weight === undefined ? 1 : Number(weight) };
  });
  const known = wishes.filter((wish) => wish.weight > 0 && (wish.language === 'zh' || wish.language === 'en'));
  return known.toSorted((a, b) => b.weight - a.weight)[0]?.language === 'en' ? 'en' : 'zh';
}

/**
 * The problem document (RFC 9457) of a fault.
 * @param asked the path that was asked, without its query
 * @param errorId under which the log has the cause; for internal faults
 */
export function problemOf(fault: Fault, language: Language, asked: string, errorId?: string): Problem {
  const { zh, en, retry } = faultCatalogue[fault.code];
  const { detail, places, morePlaces = 0, reasons, findings, retryAfterSeconds } = fault.extras;
  const forPartner = isForPartner(asked);
  const placeTexts = places?.map(({ path, expected, expectedZh }) => ({
    path,
    expected,
    zh: expectedZh ?? expected,
    en: expected,
  }));
  const said = detail?.[language] ?? (placeTexts && inOneLine(placeTexts, morePlaces, language));
  return {
    type: `/problems/${fault.code}`,
    title: { zh, en }[language],
    status: problemStatuses[fault.code],
    ...(said && { detail: said }),
    instance: asked,
    code: fault.code,
    ...(forPartner && partnerNumber(fault)),
    zh: detail ? `${zh}${detail.zh}` : zh,
    en: detail ? `${en} ${detail.en}` : en,
    retry,
    ...(placeTexts && { places: placeTexts }),
    ...(morePlaces > 0 && { morePlaces }),
    ...(reasons && { reasons: forPartner ? reasons.map(withNumber) : [...reasons] }),
    ...(findings && { findings: [...findings] }),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...(errorId && { errorId }),
  };
}

/** Most places that `detail` repeats of `places`. */
const mostInOneLine = 5;

function inOneLine(places: NonNullable<Problem['places']>, morePlaces: number, language: Language): string {
  const told = places.slice(0, mostInOneLine).map((place) => `${place.path}: ${place[language]}`);
  const left = places.length - told.length + morePlaces;
  if (left > 0) told.push({ zh: `另有 ${left} 处`, en: `and ${left} more` }[language]);
  return told.join('; ');
}

/** Partners read numbers; nobody else is bothered with them. */
const isForPartner = (asked: string): boolean => asked.startsWith('/api/v1/partner/');

function withNumber(reason: unknown): unknown {
  const { code } = (reason ?? {}) as { code?: unknown };
  const number = partnerNumberOf(String(code));
  return number === null ? reason : { ...(reason as object), number };
}

function partnerNumber({ code, extras }: Fault): { number?: number } {
  if (code === 'object.not_found') return { number: partnerNumbers['resource.unknown'] };
  const number = partnerNumberOfRefusal({ code, places: extras.places, reasons: extras.reasons });
  return number === null ? {} : { number };
}

/** What Fastify itself refuses, by its error codes. */
const frameworkFaults: Readonly<Record<string, FaultCode>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'request.wrong_content_type',
  FST_ERR_CTP_BODY_TOO_LARGE: 'request.too_large',
};

/**
 * Turns anything thrown into a fault. A refusal by the framework (malformed JSON, unreadable address) is the
 * caller's; everything else is ours and becomes `internal`.
 * @param bodyLimitBytes of the route that was asked
 */
export function faultOf(error: unknown, bodyLimitBytes?: number): Fault {
  if (error instanceof Fault) return error;
  const { code, statusCode, message } = (error ?? {}) as { code?: unknown; statusCode?: unknown; message?: unknown };
  const known = frameworkFaults[String(code)];
  if (known === 'request.too_large') return tooLarge(error, bodyLimitBytes);
  if (known) return new Fault(known, { cause: error });
  const isFramework = typeof code === 'string' && code.startsWith('FST_');
  const isBadSyntax = error instanceof SyntaxError && statusCode === 400;
  if (isBadSyntax || (isFramework && typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500)) {
    const place = { path: 'body', expected: 'one well-formed JSON document', expectedZh: '一份格式正确的 JSON' };
    const address = { path: 'path', expected: 'a well-formed address', expectedZh: '格式正确的地址' };
    return new Fault('input.invalid', { places: [code === 'FST_ERR_BAD_URL' ? address : place], cause: error });
  }
  // The caller went away while its body was read, as Node says it; nobody reads the answer.
  if (code === 'ECONNRESET' && message === 'aborted') {
    const place = { path: 'body', expected: 'the whole body', expectedZh: '完整的请求内容' };
    return new Fault('input.invalid', { places: [place], cause: error });
  }
  return new Fault('internal', { cause: error });
}

function tooLarge(cause: unknown, bodyLimitBytes: number | undefined): Fault {
  if (bodyLimitBytes === undefined) return new Fault('request.too_large', { cause });
  const kib = Math.floor(bodyLimitBytes / 1024);
  return new Fault('request.too_large', {
    detail: { zh: `本接口至多 ${kib} KiB。`, en: `The limit here is ${kib} KiB.` },
    cause,
  });
}

/** Faults that only we can fix: they get an error id, and their cause goes to the log. */
export function isOurs(code: FaultCode): boolean {
  return problemStatuses[code] >= 500;
}
