import { dayOf } from '@openbeian/model/calendar';
import { findFilingNumbers } from '@openbeian/model/number';
import type { LookUp, LookUpAnswer } from '../../ports/look-ups.ts';
import type { GuardedPage } from '../guarded-get.ts';
import { failedAnswer } from './answer.ts';

interface HomePageOptions {
  readonly get: (url: string, accept: string) => Promise<GuardedPage>;
  readonly now: () => string;
  /** `http://NAME/`, unless a test has another way to reach it. */
  readonly urlOf?: (domainName: string) => string;
}

/** Nothing is served there: that is an answer. A time-out says nothing, nor does what failed on our own side. */
const closed: readonly (GuardedPage['error'] | null)[] = ['name_unknown', 'connection_failed'];

/** Opens a name's home page: is there a site, and of one that is filed, does it show its number? */
export function createHomePage({ get, now, urlOf = (name) => `http://${name}/` }: HomePageOptions): LookUp {
  return {
    name: 'home_page',
    async ask({ domainName, isFiled }): Promise<LookUpAnswer> {
      const url = urlOf(domainName);
      const asked = { name: 'home_page', askedAt: now(), source: url } as const;
      const page = await get(url, 'text/html');
      if (page.error !== null && !closed.includes(page.error)) {
        return failedAnswer(asked, {
          zh: `无法判断网站是否开通（${page.error}）`,
          en: `Whether the site is open cannot be said (${page.error})`,
        });
      }
      const isOpen = page.status !== null && page.status >= 200 && page.status < 300;
      const numbers = findFilingNumbers(page.text, dayOf(asked.askedAt)).numbers.map(({ canonical }) => canonical);
      // It may stand in what was not read: numbers are at the foot of pages.
      const isUnknown = isOpen && numbers.length === 0 && !page.isWhole;
      const inOrder = isUnknown ? {} : { 'filed.areInOrder': isOpen && numbers.length > 0 };
      const facts = isFiled ? inOrder : { 'service.isOpen': isOpen };
      const none = isUnknown
        ? { zh: '未能读完页面，读到的部分没有备案号', en: 'no filing number in the part of it that could be read' }
        : { zh: '页面上没有备案号', en: 'no filing number on it' };
      const shown =
        numbers.length === 0 ? none : { zh: `页面上有 ${numbers.join('、')}`, en: `it shows ${numbers.join(', ')}` };
      const said = isOpen
        ? { zh: `网站可以访问（${page.status}），${shown.zh}`, en: `The site is open (${page.status}), ${shown.en}` }
        : {
            zh: `网站没有开通（${page.status ?? page.error}）`,
            en: `The site is not open (${page.status ?? page.error})`,
          };
      return { ...asked, state: 'answered', facts, said };
    },
  };
}
