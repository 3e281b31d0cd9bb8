import { type Client, createClient, createCookieJar, ProblemError, UnreachableError } from '@openbeian/contract/client';
import { InputError } from './input.ts';
import type { Lang } from './read-document.ts';

interface ServerOptions {
  readonly server?: string;
  readonly login?: string;
  readonly json?: true;
  readonly lang: Lang;
}

const defaultServer = 'http://127.0.0.1:8600';

/** Signs in and asks; what the server refuses is an InputError with its text. */
async function asking<T>(options: ServerOptions, ask: (client: Client) => Promise<T>): Promise<T> {
  const baseUrl = options.server ?? process.env.OPENBEIAN_SERVER ?? defaultServer;
  const login = options.login ?? process.env.OPENBEIAN_LOGIN;
  const password = process.env.OPENBEIAN_PASSWORD;
  if (login === undefined || password === undefined) {
    throw new InputError(
      '请用 --login 或环境变量 OPENBEIAN_LOGIN 给出登录名，用环境变量 OPENBEIAN_PASSWORD 给出密码。 / Give the login by --login or OPENBEIAN_LOGIN and the password by OPENBEIAN_PASSWORD.',
    );
  }
  try {
    const client = createClient({ baseUrl, cookies: createCookieJar() });
    await client.signIn({ body: { login, password } });
    return await ask(client);
  } catch (error) {
    if (error instanceof ProblemError) throw new InputError(textOf(error.problem, options.lang));
    if (error instanceof UnreachableError) throw new InputError(`${baseUrl}: ${error[options.lang]}`);
    throw error;
  }
}

function textOf(problem: ProblemError['problem'], lang: Lang): string {
  const places = problem.places?.map((place) => `  ${place.path}: ${place[lang]}`) ?? [];
  return [problem[lang], ...places].join('\n');
}

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** `openbeian codes verify`: `{ usable, reasons }` (contract §8). */
export async function verify(
  code: string,
  options: ServerOptions & { readonly account: string; readonly name?: string },
): Promise<void> {
  const body = { code, accountId: options.account, ...(options.name !== undefined && { domainName: options.name }) };
  const answer = await asking(options, (client) => client.verifyCode({ body }));
  if (options.json) return print(JSON.stringify(answer));
  const zh = options.lang === 'zh';
  print(answer.usable ? (zh ? '可以使用' : 'It works') : zh ? '不能使用' : 'It does not work');
  for (const { code: reason, message, remedy } of answer.reasons) {
    print(`  - ${message[options.lang]}  [${reason}]`);
    if (remedy) print(`    → ${remedy[options.lang]}`);
  }
}

/** `openbeian codes list`. */
export async function list(
  options: ServerOptions & { readonly granted?: true; readonly resource?: string },
): Promise<void> {
  const query = {
    side: options.granted ? ('granted' as const) : ('issued' as const),
    ...(options.resource !== undefined && { resourceId: options.resource }),
  };
  const codes = await asking(options, async (client) => {
    const all: Awaited<ReturnType<typeof client.listCodes>>['codes'] = [];
    for (let after: string | null | undefined; after !== null; ) {
      const page = await client.listCodes({ query: { ...query, limit: 500, ...(after && { after }) } });
      all.push(...page.codes);
      after = page.next;
    }
    return all;
  });
  if (options.json) return print(JSON.stringify({ codes }));
  for (const code of codes) {
    print(
      [
        code.id,
        `…${code.tail}`,
        code.state,
        code.resourceId,
        code.granteeAccountId ?? '-',
        code.usableUntil ?? '-',
      ].join('  '),
    );
  }
}
