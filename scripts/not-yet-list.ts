import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Violation } from './checks/violation.ts';

/** Rule → what still breaks it, in the words of {@link Violation.what}; `… ×3` for what a file has three times. */
export type NotYet = Readonly<Record<string, readonly string[]>>;

/** Places that break the rule and are not listed, and listed ones that no longer do: the list may only shrink. */
export function evaluateByList(rule: string, violations: readonly Violation[], list: readonly string[]): string[] {
  const found = counted(violations);
  const listed = new Set(list);
  const fresh = [...found].flatMap(([what, { messages }]) => (listed.has(what) ? [] : messages));
  const gone = list.filter((what) => !found.has(what));
  return [
    ...fresh,
    ...gone.map(
      (what) =>
        `scripts/not-yet.ts: "${what}" (${rule}) no longer breaks the rule; npm run lint -- --shrink takes it off the list`,
    ),
  ];
}

/** The list without what no longer breaks a rule. Nothing is ever added, but what a file has less often is counted again. */
export function shrunk(list: NotYet, violationsOf: ReadonlyMap<string, readonly Violation[]>): NotYet {
  return Object.fromEntries(
    Object.entries(list)
      .map(([rule, entries]): [string, readonly string[]] => {
        const found = counted(violationsOf.get(rule) ?? []);
        const kept = entries.flatMap((entry) => {
          const [, bare = entry, times = '1'] = /^(.*?)(?: ×(\d+))?$/.exec(entry) ?? [];
          const now = [...found].find(([, { bare: other }]) => other === bare);
          return now !== undefined && now[1].messages.length <= Number(times) ? [now[0]] : [];
        });
        return [rule, kept];
      })
      .filter(([, entries]) => entries.length > 0),
  );
}

export function writeNotYet(root: string, list: NotYet): void {
  const file = join(root, 'scripts', 'not-yet.ts');
  writeFileSync(
    file,
    `import type { NotYet } from './not-yet-list.ts';

/**
 * Places that were there before a rule of \`npm run lint\` and still break it, by rule. The list may only shrink: lint fails
 * when a place breaks a rule without being here, and when one that is here no longer does.
 * \`npm run lint -- --shrink\` rewrites this file.
 */
export const notYet: NotYet = ${JSON.stringify(list, null, 2)};
`,
  );
  const biome = join(root, 'node_modules', '.bin', 'biome');
  spawnSync(process.execPath, [biome, 'format', '--write', file], { cwd: root });
}

function counted(violations: readonly Violation[]): Map<string, { bare: string; messages: string[] }> {
  const byWhat = Map.groupBy(violations, ({ what }) => what);
  return new Map(
    [...byWhat].map(([bare, same]) => [
      same.length === 1 ? bare : `${bare} ×${same.length}`,
      { bare, messages: same.map(({ message }) => message) },
    ]),
  );
}
