-- OpenBeian's gate within nginx: each worker decides plain hosts by the gate's snapshot file, mapped into memory once for
-- all workers. Everything else is asked of the gate over a connection of its own. See README.md beside this file.
local snapshot = require "openbeian_snapshot"

local floor, max = math.floor, math.max
local ngx = ngx

local gate = {}
local settings, overlay, gateSocket, gateAddress, gatePort
-- What decides at this moment, or nil; a checked snapshot that waits for its overlay; what was refused last, by path; the
-- identity of the snapshot that the master has checked.
local held, waiting, checkedIdentity
local refused = {}
local isTooOld = false
local counts = {}

local served = {
  filed_here = true, grace = true, filed_elsewhere = true, exempt_region = true, exempt_provider_name = true,
}
-- Names that may make a certificate ready are the gate's to say, by its configuration.
local challenge = "/.well-known/acme-challenge/"

local defaults = {
  -- Address and port of the gate, or unix:/path; an address, because names would need a resolver.
  gate = "",
  -- Location for what passes as a certificate's validation only.
  challenge = "@openbeian_challenge",
  -- Milliseconds that a question may take: to connect, and then to be sent and answered.
  connect_ms = 1000,
  answer_ms = 2000,
  -- Seconds after which a snapshot that nobody confirmed decides nothing any more; as the gate's snapshotMaxAgeMs.
  max_age = 7 * 86400,
  -- What happens then: "ask" the gate, "allow" or "block".
  too_old = "ask",
  -- Seconds between two looks at the file.
  every = 0.2,
  -- Clock, in Unix seconds.
  now = ngx.time,
}

local function today() return floor((settings.now() + 8 * 3600) / 86400) end

local function say(level, ...) ngx.log(level, "openbeian: ", ...) end

local function refuse(path, identity, why)
  if refused[path] == identity then return end
  refused[path] = identity
  say(ngx.ERR, path, ": ", why, held and "; what is held still decides" or "; the gate is asked instead")
end

-- Decides by a checked snapshot from now on, if its overlay is there. The gate puts the overlay in place a moment later.
local function take(table)
  local fits, why = snapshot.layOver(table, overlay)
  waiting = not fits and table or nil
  if not fits then return why end
  if held ~= nil then snapshot.close(held) end
  held = table
  refused = {}
  isTooOld = settings.now() - held.confirmedAt > settings.max_age
  say(ngx.NOTICE, "snapshot ", table.header.sequence, " with ", table.header.records, " records")
end

-- Checks about 1 MiB at a time, so that no request waits for longer than a millisecond.
local piecesAtOnce = 16
local checking = false

local function check(isStopping, table, from)
  if isStopping then return snapshot.close(table) end
  local following, wrong = snapshot.checkSums(table, from, piecesAtOnce)
  if following then
    local ok, trouble = ngx.timer.at(0, check, table, following)
    if ok then return end
    -- Too many timers: the next look begins again.
    checking = false
    say(ngx.ERR, trouble)
    return snapshot.close(table)
  end
  checking = false
  if wrong == nil then return take(table) end
  snapshot.close(table)
  refuse(settings.file, table.identity, wrong)
end

-- Another snapshot than the one that is held has the name now.
local function lookAtSnapshot(stat)
  if waiting ~= nil and waiting.identity == stat.identity then
    local why = take(waiting)
    local over = why and snapshot.stat(overlay)
    return why and refuse(overlay, over and over.identity or "none", why)
  end
  if waiting ~= nil then snapshot.close(waiting) end
  waiting = nil
  if stat.identity == refused[settings.file] then return end
  local table, wrong = snapshot.open(settings.file)
  if table == nil then return refuse(settings.file, stat.identity, wrong) end
  if held ~= nil and table.header.sequence < held.header.sequence and table.header.builtAt <= held.header.builtAt then
    snapshot.close(table)
    return refuse(settings.file, table.identity, "older than the held snapshot")
  end
  if table.identity == checkedIdentity then return take(table) end
  checking = true
  check(false, table, 0)
end

-- Takes what has the names now, if that is another than what is held.
local function look(isStopping)
  if isStopping or checking then return end
  local stat, trouble = snapshot.stat(settings.file)
  local isHeld = stat ~= nil and held ~= nil and stat.identity == held.identity
  if isHeld then
    held.confirmedAt = stat.confirmedAt
    local over = snapshot.stat(overlay)
    if over ~= nil and over.identity ~= held.over.identity then
      -- A fuller overlay was replaced by a larger one; or it already belongs to a following snapshot.
      local fits, why = snapshot.layOver(held, overlay)
      if not fits then refuse(overlay, over.identity, why) end
    end
  elseif stat ~= nil then
    lookAtSnapshot(stat)
  else
    refuse(settings.file, "none", trouble)
  end
  isTooOld = held ~= nil and settings.now() - held.confirmedAt > settings.max_age
end

-- In init_by_lua: settings, and a first check of the file before any worker needs it. Without a sound file nginx starts
-- all the same, and the gate is asked until there is one.
function gate.open(given)
  settings = setmetatable({}, { __index = defaults })
  for name, value in pairs(given) do
    if name ~= "file" and defaults[name] == nil then error("openbeian: no such setting: " .. name) end
    settings[name] = value
  end
  assert(type(settings.file) == "string", "openbeian: file is missing")
  gateSocket = string.match(settings.gate, "^unix:/.+")
  gateAddress, gatePort = string.match(settings.gate, "^%[?([^%]]+)%]?:(%d+)$")
  assert(gateSocket or gateAddress, "openbeian: gate is neither unix:/path nor an address with a port, such as 127.0.0.1:8090")
  local ways = { ask = true, allow = true, block = true }
  assert(ways[settings.too_old], "openbeian: too_old is none of ask, allow, block")
  overlay = settings.file .. ".overlay"
  local table, wrong = snapshot.open(settings.file)
  if table == nil then return refuse(settings.file, "none", wrong) end
  local from = 0
  while from do from, wrong = snapshot.checkSums(table, from, piecesAtOnce) end
  if wrong == nil then checkedIdentity = table.identity else refuse(settings.file, table.identity, wrong) end
  -- Workers map it themselves: a mapping of the master would keep files alive that are long replaced.
  snapshot.close(table)
end

-- In init_worker_by_lua: takes the file and follows its replacements.
function gate.follow()
  look(false)
  assert(ngx.timer.every(settings.every, look))
end

-- One question to the gate. Answers the status (nil where none came in time), whether the connection had been used before, and whether
-- the request passed as a certificate's validation only.
local function question(host)
  local socket = ngx.socket.tcp()
  socket:settimeouts(settings.connect_ms, settings.answer_ms, settings.answer_ms)
  local pool = { pool = "openbeian", pool_size = 32 }
  local ok
  if gateSocket then ok = socket:connect(gateSocket, pool) else ok = socket:connect(gateAddress, gatePort, pool) end
  if not ok then return nil, false end
  local isReused = (socket:getreusedtimes() or 0) > 0
  -- None of the visitor's headers: the host is the one that was read here, and nothing of the visitor's names another.
  local sent = socket:send {
    "HEAD /auth HTTP/1.1\r\nHost: gate\r\nX-Original-Host: ", host, "\r\nX-Original-Uri: ", ngx.var.request_uri,
    "\r\nX-Original-Method: ", ngx.var.request_method, "\r\nX-Original-Proto: ", ngx.var.scheme, "\r\n\r\n",
  }
  local line = sent and socket:receive()
  local status = line and tonumber(string.match(line, "^HTTP/1%.1 (%d%d%d)"))
  local isChallenge = false
  for _ = 1, 64 do
    if not status or line == "" then break end
    line = socket:receive()
    if line == nil then status = nil
    elseif string.lower(line) == "x-openbeian-pass: acme_challenge" then isChallenge = true end
  end
  if status and line == "" then socket:setkeepalive(60000) else socket:close() end
  return status, isReused, isChallenge
end

local function ask(host)
  -- Both are single lines already; nothing that is not may reach the question.
  if string.find(host .. ngx.var.request_uri, "[%c ]") then return ngx.exit(400) end
  local status, isReused, isChallenge = question(host)
  -- The gate closes connections that are idle for long.
  if status == nil and isReused then status, isReused, isChallenge = question(host) end
  if status == 204 then
    -- Not served as a site: only as a certificate's validation.
    if isChallenge then return ngx.exec(settings.challenge) end
    return
  end
  if status == 403 then return ngx.exit(403) end
  -- The gate is gone or in trouble: nothing is served that was not decided.
  return ngx.exit(500)
end

-- Why the host may or may not be served, or nil where the gate must be asked.
local function evaluate(host)
  if held == nil then return nil end
  if not isTooOld then return snapshot.evaluate(held, host, today) end
  return settings.too_old ~= "ask" and "snapshot_too_old" or nil
end

-- The Host header as nginx reads it: lower case, without port and trailing dot.
local function plainHost(header)
  local bare, port = string.match(string.lower(header), "^(%[[%x:.]+%]):?(%d*)$")
  if bare == nil then bare, port = string.match(string.lower(header), "^([^:]*):?(%d*)$") end
  if bare == nil or #port > 5 or (tonumber(port) or 0) > 65535 then return nil end
  return (string.gsub(bare, "%.$", ""))
end

-- In access_by_lua: serves, refuses with 403, or asks. `$host` is what nginx itself routes by: of an absolute-form target the
-- target's. What was decided is in `$openbeian_host`; the backend and the gate get that and nothing else.
function gate.check()
  local host, header = ngx.var.host, ngx.var.http_host
  -- A target and a Host header that differ (or userinfo behind a port) are two answers to "which site?".
  if header ~= nil and header ~= host and plainHost(header) ~= host then return ngx.exit(400) end
  ngx.var.openbeian_host = host
  local reason = evaluate(host)
  local count = reason or "asked"
  counts[count] = (counts[count] or 0) + 1
  if served[reason] then return end
  if reason == nil then return ask(host) end
  if reason == "snapshot_too_old" and settings.too_old == "allow" then return end
  if ngx.var.uri:sub(1, #challenge) == challenge then return ask(host) end
  return ngx.exit(403)
end

-- In header_filter_by_lua and body_filter_by_lua of that location: the answer to a validation is one short line; what is longer is cut.
local mostChallengeBytes = 1024

function gate.cutHeader() ngx.header.content_length = nil end

function gate.cutBody()
  local left = (ngx.ctx.openbeianLeft or mostChallengeBytes) - #ngx.arg[1]
  ngx.ctx.openbeianLeft = left
  if left >= 0 then return end
  ngx.arg[1] = string.sub(ngx.arg[1], 1, max(0, left + #ngx.arg[1]))
  ngx.arg[2] = true
end

local page = [[<!doctype html><meta charset="utf-8"><title>403</title>
<p lang="zh-CN">该域名暂时无法访问。<a href="%s">原因和办理说明</a></p>
<p lang="en">This domain cannot be accessed at the moment. <a href="%s">See the reason and what to do</a></p>
]]

-- In content_by_lua of the location that answers refusals without the gate. A link names a host only where it is a plain
-- one, which needs no escaping.
function gate.refuse(explain_url)
  local host = ngx.var.openbeian_host
  local reason = evaluate(host)
  local link = explain_url .. (reason and reason ~= "snapshot_too_old" and "?host=" .. host or "")
  ngx.status = 403
  ngx.header["Content-Type"] = "text/html; charset=utf-8"
  ngx.header["Cache-Control"] = "no-store"
  ngx.header["Content-Security-Policy"] = "default-src 'none'"
  ngx.header["X-OpenBeian-Reason"] = reason
  ngx.print(page:format(link, link))
end

-- In content_by_lua, for operators: what this worker holds and has decided, for Prometheus.
function gate.metrics()
  local lines = { "openbeian_reader_snapshot_present " .. (held and 1 or 0) }
  if held ~= nil then
    lines[2] = "openbeian_reader_snapshot_sequence " .. snapshot.sequence(held)
    lines[3] = "openbeian_reader_records " .. held.header.records
    lines[4] = "openbeian_reader_snapshot_age_seconds " .. max(0, settings.now() - held.confirmedAt)
  end
  for reason, count in pairs(counts) do
    lines[#lines + 1] = 'openbeian_reader_decisions_total{reason="' .. reason .. '"} ' .. count
  end
  ngx.header.content_type = "text/plain; version=0.0.4"
  ngx.print(table.concat(lines, '\n'), '\n')
end

return gate
