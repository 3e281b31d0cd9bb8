import { columnReader } from './columns.ts';
import { meaningOf } from './format-fields.ts';
import { type FormatString, isFormatString, parseFormat } from './format-string.ts';
import type { LineReader } from './line.ts';
import { listReader } from './list.ts';
import { textFormats } from './named-formats.ts';
import { patternReader } from './pattern-reader.ts';
import { type Candidates, csv, jsonReaders, w3c } from './recognise.ts';
import { jsonLines, logfmt, ltsv, rowReader } from './row-readers.ts';

const text =
  (...ids: readonly string[]): Candidates =>
  (_, field) =>
    field === null ? textFormats.filter(({ id }) => ids.includes(id)).map(({ reader }) => reader) : [];

const columns: Candidates = (lines, field) => [columnReader(lines, field)];

const both =
  (...kinds: readonly Candidates[]): Candidates =>
  (lines, field) =>
    kinds.flatMap((kind) => kind(lines, field));

/** The names that `--format` takes, with the ways in which each product writes its lines. */
const given: Readonly<Record<string, Candidates>> = {
  nginx: both(text('nginx'), columns, jsonReaders),
  apache: both(text('nginx'), columns, jsonReaders),
  caddy: both(jsonReaders, columns),
  traefik: both(jsonReaders, columns),
  envoy: both(text('envoy'), jsonReaders, columns),
  haproxy: both(text('haproxy'), jsonReaders, columns),
  iis: (lines, field) => [w3c(lines, field)],
  w3c: (lines, field) => [w3c(lines, field)],
  squid: both(text('squid'), columns),
  'aws-alb': both(text('aws-alb'), columns),
  'aws-elb': both(text('aws-elb'), columns),
  'alibaba-slb': both(jsonReaders, columns),
  'alibaba-cdn': both(text('alibaba-cdn'), jsonReaders, columns),
  'tencent-clb': both(text('tencent-clb'), jsonReaders, columns),
  'tencent-cdn': both(text('tencent-cdn'), jsonReaders, columns),
  'huawei-elb': both(text('huawei-elb'), jsonReaders, columns),
  'huawei-cdn': both(text('huawei-cdn'), jsonReaders, columns),
  'volcengine-clb': both(jsonReaders, columns),
  'volcengine-cdn': both(text('volcengine-cdn'), jsonReaders, columns),
  'json-lines': jsonReaders,
  columns,
  csv: (lines, field) => [csv(lines, field), columnReader(lines, field)],
  logfmt: (lines, field) => [rowReader(logfmt, lines, field)],
  ltsv: (lines, field) => [rowReader(ltsv, lines, field)],
  list: () => [listReader],
};

export const formatNames: readonly string[] = Object.keys(given);

/** What is wrong with a given format: unknown by name, without fields, or without one that can hold the host. */
export type GivenFormat = Candidates | 'unknown' | 'no_host';

/** How lines are read whose format was given by name or as a proxy's own format string. */
export function givenFormat(format: string, field: string | null): GivenFormat {
  if (Object.hasOwn(given, format)) return given[format] ?? 'unknown';
  if (!isFormatString(format)) return 'unknown';
  const parsed = parseFormat(format);
  if (parsed === null) return 'unknown';
  if (parsed.json !== null) {
    const key = field ?? hostKeyOf(parsed);
    return key === null ? 'no_host' : (lines) => [rowReader(jsonLines, lines, key)];
  }
  const reader: LineReader | null = patternReader(parsed.dialect, parsed, field);
  return reader === null ? 'no_host' : () => [reader];
}

/** The key of a template of JSON whose value is the host that was asked for. */
function hostKeyOf({ dialect, json, parts }: FormatString): string | null {
  const keys = [...(json ?? '').matchAll(/"([^"]+)"\s*:\s*"?([^",}]*(?:\{[^}]*\}[^",}]*)?)/g)].flatMap(
    ([, key = '', value = '']) => {
      const part = parts.find(({ written }) => value.includes(written));
      const meaning = part === undefined ? null : meaningOf(dialect, part.name);
      return meaning === null || !['host', 'captures', 'request'].includes(meaning.role)
        ? []
        : [{ key, rank: meaning.rank }];
    },
  );
  return keys.toSorted((a, b) => a.rank - b.rank)[0]?.key ?? null;
}
