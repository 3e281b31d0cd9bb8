-- OpenBeian's gate in HAProxy (2.5 or later): one action that asks the gate whether the host may be served.
-- It reads the gate's address from the environment variable OPENBEIAN_GATE; used as `http-request lua.openbeian`.
--
-- It sets txn.openbeian_host (the host that was decided) and, only when the gate says so, txn.openbeian_served.
-- Whatever goes wrong, the variable stays unset and nothing is served.
local url = "http://" .. assert(os.getenv("OPENBEIAN_GATE"), "OPENBEIAN_GATE is not set") .. "/auth"
local timeout_ms = 2000

core.register_action("openbeian", { "http-req" }, function(txn)
  -- The whole field, not its last part after a comma, which `hdr` would give.
  local host = txn.sf:req_fhdr("host")
  txn:set_var("txn.openbeian_host", host)
  local answer = core.httpclient():head({
    url = url,
    timeout = timeout_ms,
    headers = {
      ["x-original-host"] = { host },
      ["x-original-uri"] = { txn.sf:pathq() },
      ["x-original-method"] = { txn.sf:method() },
    },
  })
  if answer ~= nil and answer.status == 204 then
    txn:set_var("txn.openbeian_served", true)
  end
end)
