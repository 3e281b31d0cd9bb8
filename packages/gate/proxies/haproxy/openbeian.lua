-- OpenBeian's gate in HAProxy (2.6 or later): one action that asks the gate whether the host may be served.
-- It reads the gate's address from the environment variable OPENBEIAN_GATE; used as `http-request lua.openbeian`.
--
-- It sets txn.openbeian_host (the host that was decided), txn.openbeian_answered when the gate answered in time and, only when the gate
-- says so, txn.openbeian_served; txn.openbeian_challenge says that it is served as a certificate's validation only.
-- Whatever goes wrong, the variables stay unset and nothing is served.
local address = assert(os.getenv("OPENBEIAN_GATE"), "OPENBEIAN_GATE is not set")
-- A Unix socket has no place in a URL: the question is sent there instead.
local socket = address:match("^unix@/.+") and address or nil
local url = "http://" .. (socket and "gate" or address) .. "/auth"
-- HAProxy 2.6 asks up to four times: two seconds in all.
local timeout_ms = 500

core.register_action("openbeian", { "http-req" }, function(txn)
  -- The whole field, not its last part after a comma, which `hdr` would give.
  local host = txn.sf:req_fhdr("host")
  txn:set_var("txn.openbeian_host", host)
  local answer = core.httpclient():head({
    url = url,
    dst = socket,
    timeout = timeout_ms,
    headers = {
      ["x-original-host"] = { host },
      ["x-original-uri"] = { txn.sf:pathq() },
      ["x-original-method"] = { txn.sf:method() },
      ["x-original-proto"] = { txn.sf:ssl_fc() == 1 and "https" or "http" },
    },
  })
  -- HAProxy answers 503 or 504 itself for a gate that is gone or does not answer.
  if answer == nil or (answer.status ~= 204 and answer.status ~= 403) then return end
  txn:set_var("txn.openbeian_answered", true)
  if answer.status ~= 204 then return end
  txn:set_var("txn.openbeian_served", true)
  local pass = answer.headers and answer.headers["x-openbeian-pass"]
  if pass ~= nil then txn:set_var("txn.openbeian_challenge", true) end
end)
