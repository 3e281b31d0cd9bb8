-- OpenBeian's gate within nginx: each worker decides plain hosts by the gate's snapshot file, mapped into memory once for
-- all workers. Everything else is asked of the gate in a sub-request. See README.md beside this file.
local snapshot = require "openbeian_snapshot"

local floor, max = math.floor, math.max
local ngx = ngx

local gate = {}
local settings, overlay
-- What decides at this moment, or nil; a checked snapshot that waits for its overlay; what was refused last, by path; the
-- identity of the snapshot that the master has checked.
local held, waiting, checkedIdentity
local refused = {}
local isTooOld = false
local counts = {}

local served = { filed_here = true, grace = true, exempt_region = true, exempt_provider_name = true }
-- Names that may make a certificate ready are the gate's to say, by its configuration.
local challenge = "/.well-known/acme-challenge/"

local defaults = {
  -- Location that asks the gate.
  ask = "/_openbeian/auth",
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
    -- Too many timers: the next look begins anew.
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

local function ask()
  local answer = ngx.location.capture(settings.ask)
  if answer.status == 204 then return end
  if answer.status == 403 then return ngx.exit(403) end
  -- The gate is gone or in trouble: nothing is served that was not decided.
  return ngx.exit(500)
end

-- Why the host may or may not be served, or nil where the gate must be asked.
local function judge(host)
  if held == nil then return nil end
  if not isTooOld then return snapshot.judge(held, host, today) end
  return settings.too_old ~= "ask" and "snapshot_too_old" or nil
end

-- In access_by_lua: serves, refuses with 403, or asks. `$host` is what nginx itself routes by.
function gate.check()
  local reason = judge(ngx.var.host)
  local count = reason or "asked"
  counts[count] = (counts[count] or 0) + 1
  if served[reason] then return end
  if reason == nil then return ask() end
  if reason == "snapshot_too_old" and settings.too_old == "allow" then return end
  if ngx.var.uri:sub(1, #challenge) == challenge then return ask() end
  return ngx.exit(403)
end

local page = [[<!doctype html><meta charset="utf-8"><title>403</title>
<p lang="zh-CN">该域名暂时无法访问。<a href="%s">原因和办理说明</a></p>
<p lang="en">This name cannot be served. <a href="%s">Why, and what to do</a></p>
]]

-- In content_by_lua of the location that answers refusals without the gate. A link names a host only where it is a plain
-- one, which needs no escaping.
function gate.refuse(explain_url)
  local host = ngx.var.host
  local reason = judge(host)
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
