import { z } from 'zod';
import { type AuthorityKind, authorityKinds } from './kinds.ts';

const id = z.string().regex(/^[a-z][a-z_]*$/);
const text = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });

const groupShape = z.strictObject({
  id,
  kinds: z.array(z.enum(authorityKinds)).min(1),
  /** How many of the group one organiser may have open at once; `any`: however many. */
  atOnce: z.union([z.literal(1), z.literal('any')]),
  /** The groups that may be open at the same time. */
  with: z.array(id),
});

/**
 * Which filings of one organiser may be open side by side: a provider's own practice, not a law, and so data
 * (`policies/desk.yaml`). Each kind is in one group; what may be open beside what is said on both sides.
 */
export const sideBySideShape = z
  .strictObject({
    id,
    text,
    source: z.string().min(1),
    asOf: z.iso.date().nullable(),
    groups: z.array(groupShape).min(1),
  })
  .superRefine(({ groups }, context) => {
    const say = (path: (string | number)[], zh: string, en: string) =>
      context.addIssue({ code: 'custom', path: ['groups', ...path], params: { zh, en } });
    for (const kind of authorityKinds) {
      const count = groups.filter(({ kinds }) => kinds.includes(kind)).length;
      if (count !== 1) say([], `${kind} 须且只能在一组中`, `expected ${kind} in exactly one group`);
    }
    groups.forEach((group, index) => {
      for (const other of group.with) {
        const found = groups.find((one) => one.id === other);
        if (found === undefined) say([index, 'with'], `没有 ${other} 这一组`, `expected a group, not ${other}`);
        else if (!found.with.includes(group.id))
          say([index, 'with'], `${other} 一组须同样写明 ${group.id}`, `expected ${other} to name ${group.id} as well`);
      }
    });
  });
export type SideBySide = z.output<typeof sideBySideShape>;

/** What a filing of one kind leaves room for beside it. */
export interface Standing {
  /** Of what one organiser has one open at most; null where there may be any number. */
  readonly slot: string | null;
  /** The kinds of which none may be open beside it. */
  readonly excludes: readonly AuthorityKind[];
}

export function standingOf({ groups }: SideBySide, kind: AuthorityKind): Standing {
  const own = groups.find(({ kinds }) => kinds.includes(kind));
  if (own === undefined) throw new Error(`no group of what is open side by side has ${kind}`);
  const excluding = groups.filter((group) => group !== own && !own.with.includes(group.id));
  return {
    slot: own.atOnce === 1 ? own.id : null,
    excludes: [...excluding.flatMap(({ kinds }) => kinds), ...(own.atOnce === 1 ? own.kinds : [])],
  };
}

/** What a provider grants one organiser; null: no source states a limit. */
export const subjectLimitShape = z.strictObject({
  provider: z.string().min(1),
  /** Services that the organiser files elsewhere and accesses here, and records it uses on further resources. */
  accesses: z.int().min(1).nullable(),
  source: z.string().min(1),
});
export type SubjectLimit = z.output<typeof subjectLimitShape>;
