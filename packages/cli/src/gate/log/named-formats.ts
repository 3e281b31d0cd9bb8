import { parseFormat } from './format-string.ts';
import { type LineReader, type LineReading, sameInBoth } from './line.ts';
import { capturedHost, patternReader } from './pattern-reader.ts';
import { timeOf } from './times.ts';
import { bytesOf, hostOfRequest, isBlank } from './values.ts';

/** A product's documented line, in the words of nginx's, Apache's or Envoy's format strings. */
interface NamedFormat {
  readonly id: string;
  readonly name: string;
  readonly pattern: string;
  /** Tells it from other lines of the same build. */
  readonly begins?: RegExp;
}

const named: readonly NamedFormat[] = [
  {
    id: 'envoy',
    name: 'Envoy (Istio)',
    pattern:
      '[%START_TIME%] "%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%" %RESPONSE_CODE% %RESPONSE_FLAGS% %RESPONSE_CODE_DETAILS% %CONNECTION_TERMINATION_DETAILS% "%UPSTREAM_TRANSPORT_FAILURE_REASON%" %BYTES_RECEIVED% %BYTES_SENT% %DURATION% %RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)% "%REQ(X-FORWARDED-FOR)%" "%REQ(USER-AGENT)%" "%REQ(X-REQUEST-ID)%" "%REQ(:AUTHORITY)%" "%UPSTREAM_HOST%"',
  },
  {
    id: 'envoy',
    name: 'Envoy',
    pattern:
      '[%START_TIME%] "%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%" %RESPONSE_CODE% %RESPONSE_FLAGS% %BYTES_RECEIVED% %BYTES_SENT% %DURATION% %RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)% "%REQ(X-FORWARDED-FOR)%" "%REQ(USER-AGENT)%" "%REQ(X-REQUEST-ID)%" "%REQ(:AUTHORITY)%" "%UPSTREAM_HOST%"',
  },
  {
    id: 'tencent-clb',
    name: 'Tencent CLB',
    pattern:
      '[$stgw_request_id] [$time_local] [$protocol_type] [$server_addr:$server_port] [$server_name] [$remote_addr:$remote_port] [$status] [$upstream_addr] [$upstream_status] [$proxy_host] [$request] [$request_length] [$bytes_sent] [$http_host]',
  },
  {
    // The older file in COS has no upstream_addr.
    id: 'tencent-clb',
    name: 'Tencent CLB (COS)',
    pattern:
      '[$stgw_request_id] [$time_local] [$protocol_type] [$server_addr:$server_port] [$server_name] [$remote_addr:$remote_port] [$status] [$upstream_status] [$proxy_host] [$request] [$request_length] [$bytes_sent] [$http_host]',
  },
  {
    id: 'huawei-elb',
    name: 'Huawei ELB',
    pattern:
      '$msec $access_log_topic_id [$time_iso8601] $log_ver $remote_addr:$remote_port $status "$request" $request_length $bytes_sent',
    begins: /^\d{10}\.\d{3} \S+ \[/,
  },
  {
    id: 'alibaba-cdn',
    name: 'Alibaba CDN',
    pattern:
      '[$time_local] $remote_addr $proxy_ip $responsetime "$http_referer" "$request" $status $request_size $response_size $hit "$http_user_agent"',
  },
  {
    id: 'huawei-cdn',
    name: 'Huawei CDN',
    pattern:
      '[$time_local] $remote_addr $responsetime "$http_referer" "$server_protocol" "$request_method" "$host" "$uri" $status $bytes_sent',
  },
  {
    id: 'volcengine-cdn',
    name: 'Volcengine CDN',
    pattern:
      '[$time_local] $remote_addr $responsetime $request_method $scheme $host $uri $server_protocol $status $bytes_sent $hit',
  },
  {
    id: 'tencent-cdn',
    name: 'Tencent CDN',
    pattern: '$time $remote_addr $host $uri $bytes_sent $province $isp $status $http_referer $responsetime',
    begins: /^\d{14} /,
  },
  {
    id: 'aws-alb',
    name: 'AWS ALB',
    pattern:
      '$type $time_iso8601 $elb $remote_addr $target $request_wait $target_wait $response_wait $status $target_status $received $bytes_sent "$request"',
    begins: /^(?:https?|h2|wss?|grpcs?) \d{4}-\d\d-\d\dT\S+Z app\//,
  },
  {
    // The classic balancer: received bytes come before sent ones here, too.
    id: 'aws-elb',
    name: 'AWS ELB',
    pattern:
      '$time_iso8601 $elb $remote_addr $target $request_wait $target_wait $response_wait $status $target_status $received $bytes_sent "$request"',
    begins: /^\d{4}-\d\d-\d\dT\S+Z \S+ \S+:\d+ (?:\S+:\d+|-) -?\d/,
  },
  {
    id: 'squid',
    name: 'Squid',
    pattern: '$msec $elapsed $remote_addr $code/$status $bytes_sent $request_method $url $user',
    begins: /^\d{10}\.\d{3} +\d+ /,
  },
  {
    id: 'nginx',
    name: 'nginx / Apache combined, host first',
    pattern: '$host $remote_addr $ident $remote_user [$time_local] "$request" $status $body_bytes_sent',
  },
  {
    id: 'nginx',
    name: 'nginx / Apache combined',
    pattern: '$remote_addr $ident $remote_user [$time_local] "$request" $status $body_bytes_sent',
  },
];

/** Squid pads its numbers with blanks; nothing else does. */
const blanks = / {2,}/g;

export const textFormats: readonly { readonly id: string; readonly reader: LineReader }[] = [
  ...named.map(({ id, name, pattern, begins }) => {
    const format = parseFormat(pattern);
    const reader = format === null ? null : patternReader(name, format, null);
    if (reader === null) throw new TypeError(`no host in the format ${name}`);
    if (begins === undefined) return { id, reader };
    const read = (line: string) => (begins.test(line) ? reader.read(line.replace(blanks, ' ')) : undefined);
    return { id, reader: { ...reader, read } };
  }),
  {
    id: 'haproxy',
    reader: { format: 'HAProxy httplog', host: sameInBoth('{host|…}, %r, SNI'), others: [], read: readHaproxy },
  },
];

/**
 * HAProxy's `option httplog` and `option httpslog`: the host is what was captured of the request's headers
 * (`capture request header Host len 253`), or is in the request line, as with HTTP/2, or is the name that TLS was asked for.
 */
const haproxy =
  /\[(\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d\.\d{3})\] \S+ \S+ [-+\d/]+ (?:\d{3}|-1) \+?(\d+) \S+ \S+ \S{4} [\d/+]+ [\d/]+ (?:\{([^}]*)\} )?(?:\{[^}]*\} )?"((?:[^"\\]|\\.)*)"(?: \S+ ([^ /]*)\/TLS\S*)?/;

function readHaproxy(line: string): LineReading {
  const found = haproxy.exec(line);
  if (found === null) return undefined;
  const [, time, bytes, captures = '', request = '', sni = ''] = found;
  const host = capturedHost(captures) ?? hostOfRequest(request) ?? (isBlank(sni) ? null : sni);
  return host === null ? null : { host, bytes: bytesOf(bytes), atMs: timeOf(time) };
}
