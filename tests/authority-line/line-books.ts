import { isDeepStrictEqual } from 'node:util';
import { defaultInterfaceUnit } from '@openbeian/authority-sim';
import type { AuthorityStatus } from '../../packages/server/src/ports/index.ts';
import { type LineWorld, lineProvinces, provider } from './line-world.ts';
import type { StoryFiling } from './story.ts';

interface SimSubmission {
  readonly id: string;
  readonly kind: string;
  readonly domainName: string;
  readonly outcome: { readonly kind: string; readonly subjectNumber?: string; readonly serviceNumber?: string } | null;
}
interface SimState {
  readonly submissions: readonly SimSubmission[];
  readonly subjects: readonly { readonly number: string }[];
  readonly services: readonly {
    readonly number: string;
    readonly subjectNumber: string;
    readonly name: string;
    readonly domainName: string;
    readonly accesses: readonly string[];
  }[];
}

/** A hand-over with everything that our books say of it. */
interface HandedOver {
  readonly submissionId: string;
  readonly filingId: string;
  readonly kind: string;
  readonly province: string;
  readonly domainName: string;
  readonly receipt: string | null;
  readonly sequences: readonly number[];
  readonly outcome: string | null;
  readonly state: string;
  readonly arrivals: readonly string[];
  readonly messages: readonly string[];
  readonly numbers: { readonly subjectNumber?: string; readonly serviceNumber?: string } | null;
}

interface Books {
  readonly world: LineWorld;
  readonly told: readonly StoryFiling[];
  readonly sim: SimState;
  /** Filings that interface V3.0 has no place for. */
  readonly notCarried: readonly string[];
  readonly handedOver: readonly HandedOver[];
}

/** What is wrong in the books, ours and the authority's; nothing of it may be. Time has to go on meanwhile. */
export async function listDifferences(world: LineWorld, told: readonly StoryFiling[]): Promise<string[]> {
  const sim = (await (await fetch(`${world.sim.url}/control/state`)).json()) as SimState;
  const notCarried = told
    .filter(({ end }) => end === 'not_carried' || end === 'by_hand')
    .map(({ filingId }) => filingId);
  const books = { world, told, sim, notCarried, handedOver: await world.rows<HandedOver>(handedOver, [notCarried]) };
  return [
    ...(await inFilings(books)),
    ...(await inUncarried(books)),
    ...inVerdicts(books),
    ...(await inSequences(books)),
    ...inUploads(books),
    ...(await inNumbers(books)),
    ...(await inRecords(books)),
    ...(await inStatus(books)),
    ...(await inLedgerOfRecords(books)),
    ...(await inWorkLeft(books)),
  ];
}

const handedOver = `
  SELECT s.id AS "submissionId", s.filing_id AS "filingId", f.kind, h.province_code AS province, h.domain_name AS "domainName",
    s.receipt, h.outcome, h.state,
    (SELECT array_agg(sequence::int ORDER BY sequence) FROM authority_package p
      WHERE p.submission_id = s.id AND p.state = 'accepted') AS sequences,
    (SELECT coalesce(array_agg(message_id), '{}') FROM authority_arrival a
      WHERE a.message_id LIKE 'v3-' || s.id || '-%' AND a.taken_at IS NOT NULL) AS arrivals,
    (SELECT coalesce(array_agg(m.message_id || ' ' || coalesce(m.outcome, 'open')), '{}') FROM authority_message m
      WHERE m.submission_id = s.id) AS messages,
    (SELECT m.body FROM authority_message m WHERE m.submission_id = s.id AND m.body->>'kind' = 'approved' LIMIT 1) AS numbers
  FROM submission s JOIN filing f ON f.id = s.filing_id LEFT JOIN authority_handover h ON h.submission_id = s.id
  WHERE NOT s.filing_id = ANY($1)`;

const differ = (what: string, one: unknown, other: unknown): string[] =>
  isDeepStrictEqual(one, other) ? [] : [`${what}: ${JSON.stringify(one)} instead of ${JSON.stringify(other)}`];

/** Every filing is filed or was given up as its story says, and was handed over and decided as often as its story says: never twice the same. */
async function inFilings({ world, told }: Books): Promise<string[]> {
  const rows = await world.rows<{ id: string; state: string; handedOver: number; approved: number; rejected: number }>(
    `SELECT id, state, (SELECT count(*)::int FROM submission WHERE filing_id = filing.id) AS "handedOver",
       (SELECT count(*)::int FROM filing_event e WHERE e.filing_id = filing.id AND type = 'FilingApproved') AS approved,
       (SELECT count(*)::int FROM filing_event e WHERE e.filing_id = filing.id AND type = 'FilingRejected') AS rejected
     FROM filing`,
  );
  const expected = new Map(told.map((one) => [one.filingId, one] as const));
  const strange = rows.filter(({ id }) => !expected.has(id)).map(({ id }) => `${id} is no filing of a story`);
  const wrong = rows.flatMap(({ id, ...row }) => {
    const story = expected.get(id);
    const isFiled = story?.end === 'filed' || story?.end === 'by_hand';
    return differ(`filing ${id}`, row, {
      state: isFiled ? 'filed' : 'abandoned',
      handedOver: story?.handedOver ?? 0,
      approved: isFiled ? 1 : 0,
      rejected: story?.rejected ?? 0,
    });
  });
  return [...strange, ...wrong, ...differ('filings', rows.length, told.length)];
}

/** Nothing of what the interface does not carry was sent, or came back; that it was held and recalled, or entered by hand, is on record. */
async function inUncarried({ world, told, notCarried }: Books): Promise<string[]> {
  const rows = await world.rows<{ id: string; sent: number; told: number; recalled: number; byHand: number }>(
    `SELECT id,
       (SELECT count(*)::int FROM authority_handover h JOIN submission s ON s.id = h.submission_id WHERE s.filing_id = filing.id)
         + (SELECT count(*)::int FROM authority_package p JOIN submission s ON s.id = p.submission_id WHERE s.filing_id = filing.id)
         AS sent,
       (SELECT count(*)::int FROM authority_message m JOIN submission s ON s.id = m.submission_id WHERE s.filing_id = filing.id)
         AS told,
       (SELECT count(*)::int FROM filing_event e WHERE e.filing_id = filing.id AND type = 'FilingRecalled') AS recalled,
       (SELECT count(*)::int FROM submission s WHERE s.filing_id = filing.id AND s.receipt = 'by_hand') AS "byHand"
     FROM filing WHERE id = ANY($1)`,
    [notCarried],
  );
  const entered = new Set(told.filter(({ end }) => end === 'by_hand').map(({ filingId }) => filingId));
  return rows.flatMap(({ id, ...row }) => {
    const byHand = entered.has(id) ? 1 : 0;
    // By hand: that it was confirmed, and that it was approved.
    return differ(`not carried ${id}`, row, { sent: 0, told: 2 * byHand, recalled: 1 - byHand, byHand });
  });
}

/** One verdict for each hand-over, told once and applied once, and the authority has the same with the same numbers. */
function inVerdicts({ sim, handedOver }: Books): string[] {
  const cases = new Map(sim.submissions.map((one) => [one.id, one] as const));
  return handedOver.flatMap((row) => {
    const { submissionId, outcome, numbers } = row;
    const message = `v3-${submissionId}-${outcome}`;
    const there = cases.get(caseIdOf(row))?.outcome;
    const name = `hand-over ${submissionId} (${row.kind})`;
    return [
      ...differ(`${name} state`, row.state, 'ended'),
      ...differ(`${name} arrivals`, row.arrivals, [message]),
      ...differ(`${name} messages`, row.messages, [`${message} applied`]),
      // Of SMS the interface has no word: over it they fail as a refusal.
      ...differ(`${name} outcome`, outcome, there?.kind === 'sms_failed' ? 'rejected' : there?.kind),
      ...(outcome === 'approved'
        ? [
            ...differ(`${name} organiser`, numbers?.subjectNumber, there?.subjectNumber),
            ...differ(`${name} service`, numbers?.serviceNumber, there?.serviceNumber),
          ]
        : []),
    ];
  });
}

const caseIdOf = ({ province, sequences }: Pick<HandedOver, 'province' | 'sequences'>): string =>
  `v3-${defaultInterfaceUnit.ispId}-${province}-${sequences?.[0]}-1`;

/** Numbers of packages from one on without a gap, and no further than the authority's. */
async function inSequences({ world }: Books): Promise<string[]> {
  const lines = await world.controls.listLines();
  const own = await world.rows<{ province: string; accepted: number; sequences: number[]; sending: number }>(
    `SELECT province_code AS province, accepted_sequence::int AS accepted,
       (SELECT coalesce(array_agg(sequence::int ORDER BY sequence), '{}') FROM authority_package p
         WHERE p.province_code = l.province_code AND p.state = 'accepted') AS sequences,
       (SELECT count(*)::int FROM authority_package p WHERE p.province_code = l.province_code AND p.state = 'sending') AS sending
     FROM authority_line l`,
  );
  return own.flatMap(({ province, accepted, sequences, sending }) => {
    const there = lines.find(({ line }) => line.province === province)?.lastSequence ?? 0;
    return [
      ...differ(
        `${province}: numbers`,
        sequences,
        Array.from({ length: there }, (_, n) => n + 1),
      ),
      ...differ(`${province}: last number`, accepted, there),
      ...differ(`${province}: under way`, sending, 0),
    ];
  });
}

/** Each hand-over is one package and one case of the authority's, about the same; no case is of nobody. */
function inUploads({ sim, handedOver }: Books): string[] {
  const cases = new Map(sim.submissions.map((one) => [one.id, one] as const));
  const used = new Set<string>();
  const wrong = handedOver.flatMap((row) => {
    const id = caseIdOf(row);
    const there = cases.get(id);
    const twice = used.has(id) ? [`${id} is of two hand-overs`] : [];
    used.add(id);
    return [
      ...twice,
      ...differ(`packages of ${row.submissionId}`, row.sequences?.length ?? 0, 1),
      ...differ(`receipt of ${row.submissionId}`, row.receipt, `${row.province}-${row.sequences?.[0]}`),
      ...(there === undefined
        ? [`${row.submissionId}: the authority has no ${id}`]
        : differ(`domain of ${id}`, there.domainName, domainOf(row, there))),
    ];
  });
  return [...wrong, ...sim.submissions.filter(({ id }) => !used.has(id)).map(({ id }) => `${id} is of no hand-over`)];
}

/** What is about the organiser alone names no domain over the wire, and what ends a record has that of the record. */
const domainOf = (row: HandedOver, there: SimSubmission): string =>
  row.kind === 'change_filing' || row.kind === 'cancel_subject' ? there.domainName : row.domainName;

/** No number is given twice. */
async function inNumbers({ world, sim }: Books): Promise<string[]> {
  const given = await world.rows<{ number: string; times: number }>(
    `SELECT number, count(*)::int AS times FROM (
       SELECT service_number AS number FROM filing WHERE state = 'filed' AND kind IN ('first', 'add_site_here', 'add_site_elsewhere')
       UNION ALL SELECT subject_number FROM filing WHERE state = 'filed' AND kind = 'first') AS given
     GROUP BY number HAVING count(*) > 1 OR number IS NULL`,
  );
  const numbers = sim.services.map(({ number }) => number);
  const approved = sim.submissions.flatMap(({ kind, outcome }) =>
    kind === 'first' && outcome?.kind === 'approved' ? [outcome.subjectNumber] : [],
  );
  return [
    ...given.map(({ number, times }) => `${number} was given ${times} times`),
    ...differ('numbers of services at the authority', new Set(numbers).size, numbers.length),
    ...differ('numbers of organisers at the authority', new Set(approved).size, approved.length),
  ];
}

/** Of a record `r`: the simulated authority has no pages in which it could have been entered by hand, so it is ours alone. */
const isByHand = 'EXISTS (SELECT FROM filing f WHERE f.service_number = r.number AND f.by_hand)';

/** Our records and the authority's register, one by one. */
async function inRecords({ world, sim }: Books): Promise<string[]> {
  const own = await world.rows<{
    number: string;
    state: string;
    subject: string;
    name: string;
    domain: string;
    open: number;
    byHand: boolean;
  }>(
    `SELECT r.number, r.state, s.number AS subject, r.service_name AS name, r.domain_name AS domain, ${isByHand} AS "byHand",
       (SELECT count(*)::int FROM access a WHERE a.service_record_id = r.id AND a.provider = $1 AND a.ended_at IS NULL) AS open
     FROM service_record r JOIN subject_record s ON s.id = r.subject_record_id`,
    [provider],
  );
  const there = new Map(sim.services.map((one) => [one.number, one] as const));
  const known = new Set(own.map(({ number }) => number));
  const unknown = sim.services.filter(({ number, accesses }) => accesses.includes(provider) && !known.has(number));
  const wrong = own.flatMap(({ number, state, open, byHand, ...said }) => {
    const record = there.get(number);
    if (byHand) return differ(`${number} by hand`, record, undefined);
    if (state === 'cancelled') return record === undefined ? [] : [`${number} is cancelled here and not there`];
    if (record === undefined) return [`${number} is ${state} here and not on record there`];
    const { subjectNumber: subject, name, domainName: domain, accesses } = record;
    return [
      ...differ(`record ${number}`, said, { subject, name, domain }),
      ...differ(`access to ${number}`, open, accesses.filter((one) => one === provider).length),
    ];
  });
  return [...wrong, ...unknown.map(({ number }) => `${number} is on record there and not here`)];
}

/** So many records are asked for one by one. */
const mostAsked = 60;

/** What `isp_querybeianstatus` answers about records of ours. */
async function inStatus({ world, sim }: Books): Promise<string[]> {
  const own = await world.rows<{ number: string; state: string; subject: string; domain: string }>(
    `SELECT r.number, r.state, s.number AS subject, r.domain_name AS domain
     FROM service_record r JOIN subject_record s ON s.id = r.subject_record_id WHERE NOT ${isByHand} ORDER BY r.number LIMIT $1`,
    [mostAsked],
  );
  const filed = new Set(sim.services.map(({ domainName }) => domainName));
  const wrong: string[] = [];
  for (const { number, state, subject, domain } of own) {
    // The same name may have been filed again since.
    if (state === 'cancelled' && filed.has(domain)) continue;
    const answer = await insist(world, domain);
    const expected =
      state === 'cancelled'
        ? { filed: false, subjectNumber: null, serviceNumber: null }
        : { filed: true, subjectNumber: subject, serviceNumber: number };
    wrong.push(...differ(`status of ${domain}`, answer, expected));
  }
  return wrong;
}

/** Asks until the authority answers. */
async function insist(world: LineWorld, domainName: string): Promise<AuthorityStatus | null> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await world.deployment.deps.authority.findStatus({ by: 'domain_name', domainName });
    } catch (error) {
      if (tries === 20) throw error;
    }
  }
}

/** What the lines have of both id spaces, after the authority has sent everything once more. */
async function inLedgerOfRecords({ world, sim }: Books): Promise<string[]> {
  const before = await world.rows<{ at: Date }>('SELECT max(fetched_at) AS at FROM authority_download');
  for (const province of lineProvinces) {
    await world.controls.say({ say: 'everything', line: { unit: defaultInterfaceUnit.ispId, province } });
  }
  await untilDelivered(world);
  const own = await world.rows<{ number: string; subject: string; domain: string; asOf: Date; ended: boolean }>(
    `SELECT v.service_number AS number, s.subject_number AS subject, v.domain_name AS domain, s.as_of AS "asOf",
       EXISTS (SELECT 1 FROM service_record r WHERE r.number = v.service_number AND r.state = 'cancelled') AS ended
     FROM authority_service v JOIN authority_subject s
       ON s.provider = v.provider AND s.province_code = v.province_code AND s.subject_id = v.subject_id`,
  );
  const since = before[0]?.at ?? new Date(0);
  const there = new Map(sim.services.map((one) => [one.number, one] as const));
  const fresh = own.filter(({ asOf }) => asOf > since);
  const wrong = fresh.flatMap(({ number, subject, domain, ended }) => {
    const record = there.get(number);
    // The numbers of what has ended are remembered; that it has is said by its record.
    if (ended && record === undefined) return [];
    if (record === undefined) return [`the line has ${number}, which is on record no more`];
    return differ(
      `the line's ${number}`,
      { subject, domain },
      { subject: record.subjectNumber, domain: record.domainName },
    );
  });
  const seen = new Set(fresh.map(({ number }) => number));
  const missing = sim.services.filter(({ number, accesses }) => accesses.includes(provider) && !seen.has(number));
  return [...wrong, ...missing.map(({ number }) => `the line has no ${number}`)];
}

/** The authority has nothing left to give, and knows that we have it. */
async function untilDelivered({ controls, rows }: LineWorld): Promise<void> {
  for (;;) {
    const [open] = await rows('SELECT 1 FROM authority_download WHERE acknowledged_at IS NULL LIMIT 1');
    if (open === undefined && (await controls.getState()).unacknowledgedMessages === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** No job, no message and no failure is left; what waits for operators is what the faults bring: results of nobody here. */
async function inWorkLeft({ world }: Books): Promise<string[]> {
  const [left] = await world.rows<Record<string, number>>(
    `SELECT (SELECT count(*)::int FROM job) AS jobs, (SELECT count(*)::int FROM work_failure) AS failures,
       (SELECT count(*)::int FROM authority_arrival WHERE taken_at IS NULL) AS arrivals,
       (SELECT count(*)::int FROM authority_line WHERE stopped_at IS NOT NULL) AS stopped,
       (SELECT count(*)::int FROM authority_download WHERE acknowledged_at IS NULL) AS unacknowledged`,
  );
  const cases = await world.rows<{ kind: string; count: number }>(
    'SELECT kind, count(*)::int FROM authority_case WHERE ended_at IS NULL GROUP BY kind',
  );
  const failures = await world.rows<Record<string, unknown>>(
    'SELECT kind, failures, failed_at, retry_at, last_error, EXISTS (SELECT FROM job WHERE id = item_id) AS waits FROM work_failure',
  );
  const strange = cases.filter(({ kind }) => kind !== 'unmatched_result');
  const foreign = (await world.controls.listFaults()).filter(({ name }) => name === 'foreign_result').length;
  const unmatched = cases.find(({ kind }) => kind === 'unmatched_result')?.count ?? 0;
  return [
    ...differ('work left', left, { jobs: 0, failures: 0, arrivals: 0, stopped: 0, unacknowledged: 0 }),
    ...failures.map((failure) => `failed and left: ${JSON.stringify(failure)}`),
    ...strange.map(({ kind, count }) => `${count} cases of ${kind} wait for an operator`),
    ...differ('results of nobody here', unmatched, foreign),
  ];
}
