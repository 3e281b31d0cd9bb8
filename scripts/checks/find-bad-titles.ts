import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Titles before this day were written before the rule; those of the day itself may have 140 characters. */
const since = '2026-11-29T00:00:00Z';
/** Came onto the branch too long, by three and four characters, before anybody looked; history stays as it is. */
const keptTooLong = ['3f6abec0', 'ac9cfce4'];

/**
 * Titles of commits that do not say what changed: `wip`, `fix`, a bare `Review`, a file name alone, or more than a line of
 * them. Only where there is history: a release's archive has none, and a shallow clone has what it has.
 */
export function findBadTitles(root: string): string[] {
  if (!existsSync(join(root, '.git'))) return [];
  // `%cI`: the day it came onto the branch.
  const log = execFileSync('git', ['log', '--no-merges', `--since=${since}`, '--format=%H %cs %s'], {
    cwd: root,
    encoding: 'utf8',
  });
  return log
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => {
      const [, commit = '', day = '', title = ''] = /^(\S+) (\S+) (.*)$/.exec(line) ?? [];
      if (keptTooLong.some((kept) => commit.startsWith(kept))) return [];
      const problem = problemOfTitle(title, day > '2026-11-29' ? 120 : 140);
      return problem === null ? [] : [`commit ${commit.slice(0, 8)} "${title}": ${problem}`];
    });
}

/** Null when the title is good. */
function problemOfTitle(title: string, longest: number): string | null {
  if (title.length > longest) return `${title.length} characters; a title has at most ${longest}`;
  if (/^(fixup|squash|amend)!/.test(title)) return 'fold it into the commit that it belongs to';
  if (/\bwip\b/i.test(title)) return 'unfinished work; say what changed for whom once it is done';
  const [subject = '', ...rest] = title.split(': ');
  const said = rest.length > 0 ? rest.join(': ') : subject;
  if (/^review\b/i.test(subject) && rest.length > 0) return 'name the part that changed, not who asked for it';
  if (said.trim().split(/\s+/).length < 2) return 'say what changed for whom';
  if (
    /^(fix(es|ed)?|updates?|changes?|clean ?up|refactor(ing)?|misc|more|stuff|tests?|lint|format)\b[^a-z]*$/i.test(
      said.trim(),
    )
  ) {
    return 'say what changed for whom';
  }
  if (/[.;,]$/.test(title)) return 'a title ends without punctuation';
  return null;
}
