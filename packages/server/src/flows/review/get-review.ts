import { listLosses, lossViewOf } from '../authority/list-losses.ts';
import { query } from '../command/operation.ts';
import { requireVisible } from '../command/permission.ts';
import { filingViewOf } from '../filing/filing-view.ts';
import { changesOf } from '../filing/review-round.ts';
import { lookUpViewsOf } from '../look-up/look-up-views.ts';
import { similarTo } from './similar-names.ts';
import { tickViewOf } from './tick-view.ts';

/** Of the organiser's other filings. */
const mostOthers = 20;
const mostCalls = 20;

/** What a reviewer needs besides the form: what changed, what is ticked, what else the organiser has, and whose names are alike. */
export const getReview = query(
  { id: 'getReview', faults: ['object.not_found'] },
  async (step, { filingId }: { readonly filingId: string }) => {
    const { deps, tx, actor } = step;
    const filing = requireVisible(step, await tx.filings.find(filingId), (one) => [one.accountId]);
    const { subjectHash } = filing;
    const { since, changes } = await changesOf(step, filing);
    const others = await tx.reviews.listOfSubject(subjectHash, filing.id, mostOthers);
    const subject = await tx.records.findSubjectByHash(subjectHash);
    const records = subject === null ? [] : await tx.records.listServicesOfSubject(subject.id);
    return {
      since,
      changes,
      ticks: (await tx.reviews.listTicks(filing.id, filing.reviewRound)).map(tickViewOf),
      ticksRequired: deps.review.ticksRequired,
      calls: {
        made: (await tx.reviews.listCalls(filing.id, mostCalls)).map(({ at, person, outcome, againAt, ...call }) => ({
          at,
          by: { id: call.calledBy, name: call.callerName },
          person,
          outcome,
          againAt,
        })),
        beforeReturn: deps.review.callsBeforeReturn,
      },
      others: {
        filings: others.map((one) => filingViewOf(deps, one, actor)),
        records: records.map(({ number, serviceName, domainName, state }) => ({
          number,
          serviceName,
          domainName,
          state,
        })),
      },
      similar: await similarTo(step, filing),
      lookUps: await lookUpViewsOf(step, filing),
      notCarried: (await listLosses(step, filing)).map(lossViewOf),
    };
  },
);
