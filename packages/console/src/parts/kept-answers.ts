/**
 * What somebody has answered on a page, kept in this tab so that a reload or going back loses nothing. By person: nobody
 * else who signs in here is shown it. Secrets and numbers of certificates are not to be kept here.
 */
const prefix = 'openbeian.kept.';

const nameOf = (userId: string, page: string): string => `${prefix}${userId}.${page}`;

/** What was kept, or an empty object. Its fields are what the page wrote; one of an older release may lack some. */
export function keptAnswers<Answers extends object>(userId: string, page: string): Partial<Answers> {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(nameOf(userId, page)) ?? '{}');
    // Written by `keepAnswers` of the same page, in this tab.
    return typeof kept === 'object' && kept !== null ? kept : {};
  } catch {
    return {};
  }
}

export function keepAnswers(userId: string, page: string, answers: object): void {
  try {
    sessionStorage.setItem(nameOf(userId, page), JSON.stringify(answers));
  } catch {
    // A browser that keeps nothing loses them on a reload, as before.
  }
}

export function forgetAnswersOf(userId: string, page: string): void {
  try {
    sessionStorage.removeItem(nameOf(userId, page));
  } catch {
    // Nothing was kept either.
  }
}

/** At signing out: nothing of this person stays in the tab. */
export function forgetAllKept(): void {
  try {
    for (const name of Object.keys(sessionStorage)) if (name.startsWith(prefix)) sessionStorage.removeItem(name);
  } catch {
    // Nothing was kept either.
  }
}
