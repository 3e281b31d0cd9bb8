import { type Client, createClient, createCookieJar, ProblemError, UnreachableError } from '@openbeian/contract/client';
import { InputError } from './input.ts';
import type { Lang } from './read-document.ts';
import { ioWords } from './words.ts';

/** What every `openbeian codes` command takes. */
export interface ServerOptions {
  readonly server?: string;
  readonly login?: string;
  readonly json?: true;
  readonly lang: Lang;
}

const defaultServer = 'http://127.0.0.1:8600';

/** Asks a running server, by API key or signed in; what it refuses is an InputError with its text. */
export async function asking<T>(options: ServerOptions, ask: (client: Client) => Promise<T>): Promise<T> {
  const baseUrl = options.server ?? process.env.OPENBEIAN_SERVER ?? defaultServer;
  try {
    return await ask(await openClient(baseUrl, options));
  } catch (error) {
    if (error instanceof ProblemError) throw new InputError(textOf(error.problem, options.lang));
    if (error instanceof UnreachableError) throw new InputError(`${baseUrl}: ${error[options.lang]}`);
    throw error;
  }
}

/** An API key from the environment; a login that was named goes before it. */
async function openClient(baseUrl: string, options: ServerOptions): Promise<Client> {
  const apiKey = process.env.OPENBEIAN_API_KEY;
  if (apiKey && options.login === undefined) return createClient({ baseUrl, bearer: apiKey });
  const login = options.login ?? process.env.OPENBEIAN_LOGIN;
  const password = process.env.OPENBEIAN_PASSWORD;
  if (login === undefined || password === undefined) {
    throw new InputError(
      '请用环境变量 OPENBEIAN_API_KEY 给出 API 密钥；或用 --login、OPENBEIAN_LOGIN 给出登录名，用 OPENBEIAN_PASSWORD 给出密码（启用了两步验证的，再用 OPENBEIAN_CODE 给出验证码或恢复码）。 / Give an API key by OPENBEIAN_API_KEY, or the login by --login or OPENBEIAN_LOGIN and the password by OPENBEIAN_PASSWORD (with a second factor also its code, or a recovery code, by OPENBEIAN_CODE).',
    );
  }
  const client = createClient({ baseUrl, cookies: createCookieJar() });
  const code = process.env.OPENBEIAN_CODE;
  await client.signIn({ body: { login, password, ...(code && { code }) } });
  return client;
}

/** Why not, and how to fix it: two lines a reason. */
export const reasonLines = (reasons: readonly Reason[], lang: Lang): string[] =>
  reasons.flatMap(({ code, message, remedy }) => [
    `  - ${message[lang]}  [${code}]`,
    ...(remedy ? [`    → ${remedy[lang]}`] : []),
  ]);

type Text = Readonly<Record<Lang, string>>;
interface Reason {
  readonly code: string;
  readonly message: Text;
  readonly remedy?: Text | null;
}

function textOf(problem: ProblemError['problem'], lang: Lang): string {
  const places = problem.places?.map((place) => `  ${place.path}: ${place[lang]}`) ?? [];
  const { morePlaces } = problem;
  if (morePlaces !== undefined) places.push(`  ${ioWords.morePlaces(morePlaces)[lang]}`);
  // The contract leaves reasons open, so that a new kind of them is no new version; our server sends the model's.
  const reasons = (problem.reasons ?? []) as Reason[];
  return [`${problem[lang]}  [${problem.code}]`, ...places, ...reasonLines(reasons, lang)].join('\n');
}
