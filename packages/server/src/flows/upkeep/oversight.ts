import type { QueryCall } from '../command/call.ts';
import type { FlowDeps } from '../command/deps.ts';

const jobLimit = 200;

export async function listAccounts(deps: FlowDeps, _call: QueryCall) {
  return deps.store.transaction(async (tx) => ({ accounts: await tx.accounts.list() }));
}

export async function listAudit(
  deps: FlowDeps,
  _call: QueryCall,
  input: { readonly objectId?: string | undefined; readonly limit: number },
) {
  return deps.store.transaction(async (tx) => {
    const rows = await tx.audit.list({
      limit: input.limit,
      ...(input.objectId === undefined ? {} : { objectId: input.objectId }),
    });
    return { rows: rows.map(({ accountId: _accountId, ...row }) => row) };
  });
}

export async function listJobs(deps: FlowDeps, _call: QueryCall) {
  return deps.store.transaction(async (tx) => {
    const jobs = await tx.jobs.list(jobLimit);
    return { jobs: jobs.map(({ payload: _payload, ...job }) => job) };
  });
}

/** Help where the question arises: all articles, or those reachable from one topic. */
export async function listHelp(deps: FlowDeps, _call: QueryCall, input: { readonly topic?: string | undefined }) {
  const wanted = deps.help.filter(
    (article) => input.topic === undefined || (article.topics as readonly string[]).includes(input.topic),
  );
  return {
    articles: wanted.map((article) => ({
      id: article.id,
      title: { zh: article.zh.title, en: article.en.title },
      body: { zh: article.zh.body, en: article.en.body },
      topics: [...article.topics],
      source: [...article.source],
    })),
  };
}
