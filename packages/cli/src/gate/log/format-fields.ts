/** What a field of a format string holds, as far as scans go. `rank`: of several hosts the lowest is the one asked for. */
export interface FieldMeaning {
  readonly role: 'host' | 'request' | 'captures' | 'time' | 'bytes' | 'other';
  readonly rank: number;
}

/** The languages in which proxies describe their log lines. */
export type Dialect = 'nginx' | 'apache' | 'haproxy' | 'envoy' | 'caddy';

const meaning = (role: FieldMeaning['role'], rank: number): FieldMeaning => ({ role, rank });
const other = meaning('other', 0);

/**
 * Per dialect: names of fields (as written, without sigils) and what they hold; the first pattern that fits counts. Names as
 * in nginx's list of variables, Apache's mod_log_config, HAProxy's chapter 8.2.6 and Envoy's command operators.
 */
const meanings: Readonly<Record<Dialect, readonly (readonly [RegExp, FieldMeaning])[]>> = {
  nginx: [
    [/^(?:http_host|http_authority)$/, meaning('host', 1)],
    [/^host$/, meaning('host', 2)],
    [/^(?:domain|vhost|sent_host|http_x_host|request_host)$/, meaning('host', 3)],
    [/^ssl_server_name$/, meaning('host', 4)],
    [/^server_name$/, meaning('host', 5)],
    [/^(?:request|request_uri|url|uri_full)$/, meaning('request', 6)],
    [/^(?:body_bytes_sent|response_size)$/, meaning('bytes', 1)],
    [/^bytes_sent$/, meaning('bytes', 2)],
    [/^(?:time_local|time_iso8601|msec|time)$/, meaning('time', 1)],
  ],
  apache: [
    [/^\{(?:host|:authority)\}i$/i, meaning('host', 1)],
    [/^V$/, meaning('host', 2)],
    [/^v$/, meaning('host', 3)],
    [/^\{SSL_TLS_SNI\}x$/, meaning('host', 4)],
    [/^\{(?:HTTP_HOST|host)\}e$/i, meaning('host', 1)],
    [/^r$/, meaning('request', 6)],
    [/^[bB]$/, meaning('bytes', 1)],
    [/^O$/, meaning('bytes', 2)],
    [/^(?:\{.*\})?t$/, meaning('time', 1)],
  ],
  haproxy: [
    [/^\[.*(?:hdr|fhdr|req\.hdr|hdr_dom)\([^)]*host[^)]*\).*\]$/i, meaning('host', 1)],
    [/^\[(?:var|capture)\(?.*host.*\]$/i, meaning('host', 1)],
    [/^\[capture\.req\.hdr\(.*\]$/, meaning('host', 2)],
    [/^hrl?$/, meaning('captures', 2)],
    [/^\[(?:ssl_fc_sni|req\.ssl_sni|req_ssl_sni).*\]$/, meaning('host', 4)],
    [/^(?:r|HU|HPO?|\[capture\.req\.uri.*\]|\[url.*\]|\[base.*\])$/, meaning('request', 6)],
    [/^B$/, meaning('bytes', 1)],
    [/^(?:t|tr|T|Tl|trg|trl|Ts)$/, meaning('time', 1)],
  ],
  envoy: [
    [/^(?:REQ|REQUEST_HEADER)\((?::AUTHORITY|HOST)[?)]/i, meaning('host', 1)],
    [/^(?:REQ|REQUEST_HEADER)\([^)]*\?(?::AUTHORITY|HOST)\)/i, meaning('host', 1)],
    [/^REQUESTED_SERVER_NAME/, meaning('host', 4)],
    [/^BYTES_SENT$/, meaning('bytes', 1)],
    [/^START_TIME/, meaning('time', 1)],
  ],
  caddy: [
    [
      /^(?:request>host|request>headers>Host.*|http\.request\.hostport|http\.request\.host|host|hostport)$/i,
      meaning('host', 1),
    ],
    [/^request>tls>server_name$/, meaning('host', 4)],
    [/^(?:size|http\.response\.size)$/, meaning('bytes', 1)],
    [/^(?:ts|time|common_log.*)$/, meaning('time', 1)],
  ],
};

export function meaningOf(dialect: Dialect, name: string): FieldMeaning {
  return meanings[dialect].find(([pattern]) => pattern.test(name))?.[1] ?? other;
}

/** Fields whose text has blanks of its own even where the format puts no quotes around it. */
const shapes: Readonly<Record<Dialect, readonly (readonly [RegExp, string])[]>> = {
  nginx: [
    [/^time_local$/, '\\d\\d?/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4}'],
    [/^upstream_/, '[^ ]+(?:(?:, | : )[^ ]+)*'],
    [/^(?:proxy_add_x_forwarded_for|http_x_forwarded_for)$/, '[^ ]*(?:, [^ ]+)*'],
    [/^request$/, '(?:[A-Z]+ \\S+(?: HTTP/[\\d.]+)?|-|)'],
    [/^http_user_agent$/, '.*?'],
  ],
  apache: [
    [/^t$/, '\\[[^\\]]+\\]'],
    [/^r$/, '(?:[A-Z]+ \\S+(?: HTTP/[\\d.]+)?|-|)'],
    [/^\{User-agent\}i$/i, '.*?'],
  ],
  haproxy: [
    [/^(?:T|Tl|trg|trl)$/, '\\S+ [+-]\\d{4}'],
    [/^h[rs]$/, '(?:\\{[^}]*\\})?'],
    [/^r$/, '(?:[A-Z]+ \\S+(?: HTTP/[\\d.]+)?|<BADREQ>)'],
  ],
  envoy: [[/^(?:REQ|REQUEST_HEADER)\(USER-AGENT\)/i, '.*?']],
  caddy: [[/^request>headers>User-Agent/i, '.*?']],
};

/** A regular expression for a field's text, where that of its surroundings does not do. */
export function shapeOf(dialect: Dialect, name: string): string | null {
  const words = /\{[^}]*%[^}]*\}t$|^START_TIME\(.*\)$/.exec(name)?.[0].split(' ').length ?? 0;
  if (words > 0) return `\\S+${' \\S+'.repeat(words - 1)}`;
  return shapes[dialect].find(([pattern]) => pattern.test(name))?.[1] ?? null;
}
