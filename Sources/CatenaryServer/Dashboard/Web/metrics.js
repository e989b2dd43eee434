// What /metrics tells, and what happened between two readings of it.

/// Paths that this page reads to show what it shows: they are left out of rates and latencies.
const watched = new Set(["/metrics", "/api/dev/metrics", "/api/dev/workers", "/api/workers/registry", "/api/dev/endpoints",
  "/api/ai/models/status", "/ws/workers/telemetry", "/ws/spline-live"]);

/// Points, requests, failures and latencies of a Prometheus text; `buckets` holds counts up to a bound, in seconds.
function readMetrics(text) {
  const found = { points: 0, requests: 0, failures: 0, buckets: new Map(), paths: new Map() };
  for (const line of text.split("\n")) {
    const parts = /^catenary_(http_requests_total|http_request_duration_seconds_bucket|points_rendered_total)\{(.*)\} (\S+)/.exec(line);
    if (parts === null) continue;
    const labels = Object.fromEntries([...parts[2].matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]));
    const count = Number(parts[3]);
    if (parts[1] === "points_rendered_total") found.points += count;
    else if (!watched.has(labels.route)) note(found, parts[1], labels, count);
  }
  return found;
}

function note(found, name, labels, count) {
  const path = found.paths.get(labels.route) ?? { requests: 0, failures: 0, buckets: new Map() };
  found.paths.set(labels.route, path);
  if (name === "http_requests_total") {
    for (const sum of [found, path]) {
      sum.requests += count;
      if (Number(labels.status) >= 400) sum.failures += count;
    }
  } else {
    const bound = labels.le === "+Inf" ? Infinity : Number(labels.le);
    for (const { buckets } of [found, path]) buckets.set(bound, (buckets.get(bound) ?? 0) + count);
  }
}

const nothing = { buckets: new Map() };

/// The quantile in milliseconds of what was counted between two readings, by lines between bounds; null where nothing was.
function quantile(share, before, after) {
  const rows = [...after.buckets].map(([bound, count]) => [bound, count - (before.buckets.get(bound) ?? 0)]).sort(([a], [b]) => a - b);
  const total = rows[rows.length - 1]?.[1] ?? 0;
  if (!(total > 0)) return null;
  let [low, below] = [0, 0];
  for (const [bound, count] of rows) {
    if (count >= share * total) {
      if (bound === Infinity) return low * 1000;
      return 1000 * (low + (bound - low) * ((share * total - below) / Math.max(1, count - below)));
    }
    [low, below] = [bound, count];
  }
  return null;
}
