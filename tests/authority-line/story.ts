import { isDeepStrictEqual } from 'node:util';
import { courseOf, type FilingKind } from '@openbeian/model/filing';
import { randomFrom } from '../chaos/seed.ts';
import { bind, type Filing, fillIn, type Organiser, submit, submitAndPass } from '../lifecycle/organisers.ts';
import { enterByHand, type Hold, holdUncarried, recall } from './hold-uncarried.ts';
import { insist } from './insist.ts';
import { traceOf } from './line-trace.ts';
import type { LineWorld } from './line-world.ts';
import { type Phones, type SmsManner, smsManners } from './phones.ts';
import type { Turns } from './turns.ts';

/** What the stories need of what goes on around them. */
export interface StoryMeans {
  readonly world: LineWorld;
  readonly seed: number;
  readonly phones: Phones;
  /** Forms are filled in and reviewed by so many at a time. */
  readonly forms: Turns;
  readonly hold: Hold;
  readonly tell: (line: string) => void;
  /** What is wrong, found on the way. */
  readonly differ: (line: string) => void;
  /** Waits for the verdict on a filing that was passed. */
  decided(filingId: string): Promise<string>;
}

/**
 * How a filing ends: approved; given up after a refusal. What the interface does not carry is never sent: recalled and given up, or entered
 * by hand and approved.
 */
type StoryEnd = 'filed' | 'refused' | 'not_carried' | 'by_hand';

/** What goes wrong with a filing before its end. */
export type Trouble = 'taken_name' | 'wrong_password' | SmsManner;

/** A filing that came to its end, in the order in which it was made. */
export interface StoryFiling {
  readonly filingId: string;
  readonly kind: FilingKind;
  readonly nature: string;
  readonly end: StoryEnd;
  readonly trouble: Trouble | null;
  /** How often it was handed over, or was to be. */
  readonly handedOver: number;
  /** How often it was refused. */
  readonly rejected: number;
}

/** Records that changed hands, which the authority has no part in. */
export interface StoryMove {
  readonly nature: string;
}

/** Which story it is, and how many filings it may have. */
export interface Place {
  readonly index: number;
  readonly most: number;
}

/** What may go wrong with a filing. */
export interface MayGoWrong {
  /** The name that it is filed under, after one that is taken. */
  readonly name?: string;
  /** Where the filing password is entered; a wrong one comes first. */
  readonly password?: 'service.access.filingPassword' | 'cancellation.filingPassword';
  /** The story goes on without it. */
  readonly mayEnd?: boolean;
}

interface HeldBack {
  /** That the interface does not carry. */
  readonly field: string;
  readonly byHand?: string;
}

/** One organiser and its filings, one after the other. */
export class Story {
  readonly #means: StoryMeans;
  #left: number;
  readonly #random: () => number;
  readonly index: number;
  organiser: Organiser;
  readonly filings: StoryFiling[] = [];
  readonly moves: StoryMove[] = [];

  constructor(means: StoryMeans, organiser: Organiser, { index, most }: Place) {
    this.#means = means;
    this.organiser = organiser;
    this.#left = most;
    this.index = index;
    // Of its own, so that others at the same time change nothing.
    this.#random = randomFrom(means.seed * 100_003 + index);
  }

  /** Filings are left to be made. */
  get goesOn(): boolean {
    return this.#left > 0;
  }

  /** It went otherwise than it should, and nobody makes what it did not. */
  leaveOff(): void {
    this.#left = 0;
  }

  /** Those that were not made. */
  get left(): number {
    return this.#left;
  }

  /** Filed when there are filings left to be made; null: there are not, or it was given up. */
  async file(kind: FilingKind, start: () => Promise<Filing>, may: MayGoWrong = {}): Promise<Filing | null> {
    if (!this.goesOn) return null;
    this.#left -= 1;
    const trouble = this.#troubleOf(kind, may);
    const { forms, decided, differ } = this.#means;
    const filing = await forms.take(() => this.#started(kind, start));
    const before = courseOf(kind).operation?.act === 'add' ? null : await this.#onRecord();
    const state = await this.#firstRound(filing, trouble);
    let ended = await this.#look(filing);
    const isRefused = trouble !== null && trouble !== 'mistyped';
    if (isRefused) {
      if (state !== 'rejected') differ(`${kind} ${filing.id} is ${state} after ${trouble}`);
      if (before !== null && !isDeepStrictEqual(await this.#onRecord(), before))
        differ(`${kind} ${filing.id} was refused, and what is on record is not as it was`);
      ended = await forms.take(() => (trouble === 'refused' ? this.#giveUp(ended) : this.#secondRound(ended, may)));
      if (trouble !== 'refused') {
        await decided(filing.id);
        ended = await this.#look(filing);
      }
    }
    const end = isRefused && trouble === 'refused' ? 'refused' : 'filed';
    if (ended.state !== (end === 'filed' ? 'filed' : 'abandoned'))
      throw new Error(
        `${kind} ${ended.id} after ${trouble}: ${ended.state}: ${JSON.stringify(ended.findings)}\n${await traceOf(this.#means.world, ended.id)}`,
      );
    const rounds = isRefused && end === 'filed' ? 2 : 1;
    this.#end(ended, { kind, trouble, end, handedOver: rounds, rejected: isRefused ? 1 : 0 });
    return end === 'filed' ? ended : null;
  }

  /**
   * What the interface does not carry: named to its reviewer, held for an operator who recalls it, and given up; with `byHand`, the
   * operator enters it in the authority's own pages, which give it that number.
   */
  async holdBack(kind: FilingKind, start: () => Promise<Filing>, { field, byHand }: HeldBack): Promise<void> {
    if (!this.goesOn) return;
    this.#left -= 1;
    const { forms, hold, world } = this.#means;
    const filing = await forms.take(() => this.#started(kind, start));
    hold.expected.add(filing.id);
    const submitted = await forms.take(() => submit(this.organiser, filing));
    const held = await holdUncarried(this.#means, submitted, field);
    const ended = await (byHand === undefined
      ? recall(world, held).then((recalled) => this.#giveUp(recalled))
      : enterByHand(world, held, byHand));
    const end = byHand === undefined ? 'not_carried' : 'by_hand';
    // The submission by hand is another one, which the line has never seen.
    const handedOver = byHand === undefined ? 1 : 2;
    this.#end(ended, { kind, trouble: null, end, handedOver, rejected: 0 });
  }

  #end({ id }: Filing, made: Omit<StoryFiling, 'filingId' | 'nature'>): void {
    const { nature } = this.organiser;
    this.#means.tell(
      `${made.kind} ${id} of ${nature}: ${made.end}${made.trouble === null ? '' : ` (${made.trouble})`}`,
    );
    this.filings.push({ filingId: id, nature, ...made });
  }

  async #started(kind: FilingKind, start: () => Promise<Filing>): Promise<Filing> {
    const filing = await insist(start);
    if (filing.kind !== kind) throw new Error(`${filing.id} is ${filing.kind} instead of ${kind}`);
    return filing;
  }

  /** Up to its first verdict. */
  async #firstRound(filing: Filing, trouble: Trouble | null): Promise<string> {
    const { world, phones, forms, decided } = this.#means;
    const manner = smsManners.find((one) => one === trouble);
    const prepared = manner === undefined ? null : phones.prepare(this.#people(), manner);
    await forms.take(async () => submitAndPass(world, this.organiser, await this.#spoil(filing, trouble)));
    const verdict = decided(filing.id);
    if (prepared !== null) await this.#actedBefore(verdict, prepared.acted, filing);
    const state = await verdict;
    prepared?.end();
    return state;
  }

  /** A verdict comes after what the people do, never without any of it. */
  async #actedBefore(verdict: Promise<string>, acted: Promise<void>, { id }: Filing): Promise<void> {
    const first = await Promise.race([acted, verdict]);
    if (first !== undefined) throw new Error(`${id} is ${first} before any SMS has come`);
  }

  /** A name that the authority has for somebody else, or another password than it gave. */
  async #spoil(filing: Filing, trouble: Trouble | null): Promise<Filing> {
    if (trouble === 'taken_name') {
      const name = this.nameOf(13);
      await this.#means.world.controls.seedRecords({ takenSiteNames: [name] });
      return fillIn(this.organiser, filing, { 'service.name': name });
    }
    return trouble === 'wrong_password' ? fillIn(this.organiser, filing, passwords('00000000')) : filing;
  }

  async #secondRound(refused: Filing, { name, password }: MayGoWrong): Promise<Filing> {
    const right = password === undefined ? {} : passwords(this.#means.world.passwordOf(refused.subjectNumber ?? ''));
    const values = { ...(name !== undefined && { 'service.name': name }), ...right };
    const corrected = Object.keys(values).length === 0 ? refused : await fillIn(this.organiser, refused, values);
    return submitAndPass(this.#means.world, this.organiser, corrected);
  }

  #giveUp({ id, version }: Filing): Promise<Filing> {
    return this.organiser.client.abandonFiling({ params: { filingId: id }, body: { version } });
  }

  #look = async ({ id }: Filing): Promise<Filing> =>
    (await this.organiser.client.getFiling({ params: { filingId: id } })).filing;

  #onRecord = async () => (await this.organiser.client.listRecords()).records;

  #people = () => this.organiser.valuesOf(0, 'website');

  /** As the seed says; what cannot go wrong with this one does not. */
  #troubleOf(kind: FilingKind, { name, password, mayEnd = false }: MayGoWrong): Trouble | null {
    const [first, second] = [this.#random(), this.#random()];
    if (first < 1 / 6) return name === undefined ? null : 'taken_name';
    if (first < 1 / 3) return password === undefined ? null : 'wrong_password';
    // An access is confirmed by the people that the authority has on record, whom nobody here has asked.
    const isAccess = courseOf(kind).operation?.of.join() === 'access';
    if (first > 2 / 3 || isAccess || courseOf(kind).smsBy.length === 0) return null;
    const manner = smsManners[Math.floor(second * smsManners.length)] ?? null;
    return manner === 'refused' && !mayEnd ? 'wrong_codes' : manner;
  }

  /** A filing that opens a service, filled in and bound to a server. */
  async opened(serial: number, subjectNumber?: string, serviceKind: 'website' | 'app' = 'website'): Promise<Filing> {
    const { organiser } = this;
    const { world } = this.#means;
    const body = {
      ...organiser.startOf(serial, serviceKind),
      ...(subjectNumber === undefined ? {} : { subjectNumber }),
    };
    const { filing } = await organiser.client.startFiling({ body });
    const password = subjectNumber === undefined ? {} : passwords(world.passwordOf(subjectNumber));
    const values = { ...organiser.valuesOf(serial, serviceKind), ...password };
    return bind(world, organiser, await fillIn(organiser, filing, values));
  }

  async startOn(number: string, wants: 'change' | 'cancel' | 'end_access'): Promise<Filing> {
    return (await this.organiser.client.startRecordFiling({ body: { number, wants } })).filing;
  }

  async ending(number: string, wants: 'cancel' | 'end_access'): Promise<Filing> {
    return fillIn(this.organiser, await this.startOn(number, wants), {
      'cancellation.lastSix': this.organiser.startOf(0, 'website').certificateNumber.slice(-6),
      'cancellation.understood': 'yes',
      'cancellation.reason': '不再使用',
      ...passwords(this.#means.world.passwordOf(number)),
    });
  }

  async demand(serviceNumber: string, item: { readonly field: string; readonly comment: string }): Promise<void> {
    await this.#means.world.reviewer.demandCorrection({
      body: { serviceNumber, demandedBy: 'authority', items: [item] },
    });
  }

  nameOf = (serial: number): string => String(this.organiser.valuesOf(serial, 'website')['service.name']);

  async change(number: string, values: Readonly<Record<string, unknown>>): Promise<Filing> {
    return fillIn(this.organiser, await this.startOn(number, 'change'), values);
  }

  /** Everything of the organiser goes to another account, which the first time does not want it. */
  async move(subjectNumber: string): Promise<void> {
    const { world } = this.#means;
    const { client, nature } = this.organiser;
    const target = await world.account(nature);
    const { certificateType, certificateNumber } = this.organiser.startOf(0, 'website');
    const proof = { certificateType, certificateNumber };
    const body = { subjectNumber, ...proof, toAccountId: target.accountId };
    const before = await this.#onRecord();
    const unwanted = await client.beginMove({ body });
    await target.client.endMove({ params: { moveId: unwanted.id }, body: {} });
    if (!isDeepStrictEqual(await this.#onRecord(), before)) this.#means.differ(`a refused move of ${subjectNumber}`);
    const { id: moveId } = await client.beginMove({ body });
    await target.client.confirmMove({ params: { moveId }, body: proof });
    this.organiser = { ...this.organiser, ...target };
    this.moves.push({ nature });
  }
}

const passwords = (password: string) => ({
  'service.access.filingPassword': password,
  'cancellation.filingPassword': password,
});
