import { expect } from 'vitest';
import { shippedFolder } from './run-program.ts';

/** nginx that evaluates the hosts of a body by the snapshot that a request names, each with its length in front; the answers are lines. */
export function evaluatingConfig(
  folder: string,
  port: number,
  snapshots: readonly string[] = ['cn-mainland', 'hk'],
): string {
  return `
lua_package_path "${shippedFolder('nginx-lua')}/?.lua;;";
client_max_body_size 64m; client_body_buffer_size 64m;
init_by_lua_block {
  snapshot = require "openbeian_snapshot"
  held = {}
  for _, region in ipairs { ${snapshots.map((name) => `"${name}"`).join(', ')} } do
    local file = "${folder}/" .. region .. ".snapshot"
    held[region] = assert(snapshot.open(file))
    assert(snapshot.layOver(held[region], file .. ".overlay"))
  end
}
server {
  listen 127.0.0.1:${port};
  location / { content_by_lua_block {
    ngx.req.read_body()
    local body, at, said = ngx.req.get_body_data(), 1, {}
    local today = tonumber(ngx.var.arg_day)
    local day = function() return today end
    while at <= #body do
      local length = body:byte(at) * 256 + body:byte(at + 1)
      said[#said + 1] = snapshot.evaluate(held[ngx.var.arg_region], body:sub(at + 2, at + 1 + length), day) or "ask"
      at = at + 2 + length
    end
    ngx.print(table.concat(said, "\\n"))
  } }
}`;
}

/** What the reader says of each host: a reason, or `ask`. */
export async function evaluateByReader(
  port: number,
  { region, hosts, day }: { readonly region: string; readonly hosts: readonly string[]; readonly day: number },
): Promise<string[]> {
  const parts = hosts.flatMap((host) => {
    const bytes = Buffer.from(host);
    return [Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes];
  });
  const url = `http://127.0.0.1:${port}/?region=${region}&day=${day}`;
  const answer = await fetch(url, { method: 'POST', body: Buffer.concat(parts) });
  expect(answer.status).toBe(200);
  const said = (await answer.text()).split('\n');
  expect(said.length).toBe(hosts.length);
  return said;
}
