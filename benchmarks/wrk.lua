-- Prints what wrk measured as one JSON object.
function done(summary, latency, requests)
  local seconds = summary.duration / 1e6
  local errors = summary.errors
  print(string.format(
    '{"rps": %.3f, "p50_ms": %.4f, "p99_ms": %.4f, "failures": %d, "requests": %d}',
    summary.requests / seconds, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout, summary.requests))
end
