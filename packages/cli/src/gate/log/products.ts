/**
 * What writes logs with named fields, by fields that only it has: the report then says `Traefik JSON` in place of `JSON`. The
 * first that fits counts.
 */
const products: readonly { readonly name: string; readonly keys: readonly string[] }[] = [
  { name: 'Traefik', keys: ['RequestHost', 'DownstreamStatus'] },
  { name: 'Caddy', keys: ['logger', 'request.host'] },
  { name: 'Envoy', keys: ['response_flags', 'authority'] },
  { name: 'Envoy', keys: ['response_flags', ':authority'] },
  { name: 'Alibaba SLB', keys: ['slbid', 'slb_vport'] },
  { name: 'Alibaba ALB', keys: ['app_lb_id'] },
  { name: 'Huawei CDN', keys: ['http_code', 'hit_info', 'domain'] },
  { name: 'CloudFront', keys: ['x-edge-location'] },
  { name: 'IIS', keys: ['cs-uri-stem', 'sc-win32-status'] },
  { name: 'IIS', keys: ['cs-uri-stem', 's-ip'] },
  // Its own names of variables, whatever else a log_format has.
  { name: 'nginx', keys: ['remote_addr', 'body_bytes_sent'] },
];

/** The format with the product that writes such fields before it; the format alone where several could. */
export function namedByProduct(format: string, fields: Iterable<string>): string {
  const known = new Set(fields);
  const product = products.find(({ keys }) => keys.every((key) => known.has(key)));
  return product === undefined ? format : `${product.name} ${format}`;
}
