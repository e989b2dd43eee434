// The same routes as one Bun script without dependencies: bun peers-server.ts PORT
const headers = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
  "Access-Control-Allow-Headers": "Content-Type, Authorization",
};
const octets = { ...headers, "Content-Type": "application/octet-stream" };
const json = { ...headers, "Content-Type": "application/json" };

/** Uniform Catmull-Rom through interleaved points, the end points repeated. */
function catmullRom(xy: Float32Array | Float64Array, samples: number): Float32Array {
  const last = (xy.length >> 1) - 1;
  const out = new Float32Array((last * samples + 1) * 2);
  const weights = new Float64Array(4 * samples);
  for (let s = 0; s < samples; s++) {
    const t = s / samples;
    weights[4 * s] = ((2 - t) * t - 1) * t / 2;
    weights[4 * s + 1] = ((3 * t - 5) * t * t + 2) / 2;
    weights[4 * s + 2] = ((4 - 3 * t) * t + 1) * t / 2;
    weights[4 * s + 3] = (t - 1) * t * t / 2;
  }
  let place = 0;
  for (let i = 0; i < last; i++) {
    const a = 2 * Math.max(i - 1, 0), b = 2 * i, c = b + 2, d = 2 * Math.min(i + 2, last);
    const ax = xy[a], ay = xy[a + 1], bx = xy[b], by = xy[b + 1];
    const cx = xy[c], cy = xy[c + 1], dx = xy[d], dy = xy[d + 1];
    for (let k = 0; k < 4 * samples; k += 4) {
      const p = weights[k], q = weights[k + 1], r = weights[k + 2], s = weights[k + 3];
      out[place++] = p * ax + q * bx + r * cx + s * dx;
      out[place++] = p * ay + q * by + r * cy + s * dy;
    }
  }
  out[place] = xy[2 * last];
  out[place + 1] = xy[2 * last + 1];
  return out;
}

/** Eight numbers of a series, and no search for its pattern: less work than the engine's detector does. */
function describe(prices: ArrayLike<number>) {
  const n = prices.length;
  let sum = 0, squares = 0, decay = 0, bend = 0;
  for (let i = 0; i < n; i++) sum += prices[i];
  const mean = sum / n;
  for (let i = 0; i < n; i++) squares += (prices[i] - mean) * (prices[i] - mean);
  const deviation = Math.sqrt(squares / n) || 1;
  for (let i = 0; i < n; i++) decay += Math.abs(prices[i] - mean) / deviation / n;
  for (let i = 1; i < n - 1; i++) bend += Math.abs(prices[i + 1] - 2 * prices[i] + prices[i - 1]) / deviation;
  const [curvature, drift] = [n > 2 ? bend / (n - 2) : 0, (prices[n - 1] - prices[0]) / deviation];
  const [conflict, entropy] = [Math.min(1, Math.abs(drift) * 2), Math.min(1, decay)];
  return { conflict, entropy, tension: Math.min(1, curvature), curvature, drift, decay, pattern: "linear" };
}

async function answer(request: Request): Promise<Response> {
  const url = new URL(request.url);
  if (url.pathname === "/health") return new Response('{"status":"ok"}', { headers: json });
  const isRaw = request.headers.get("content-type") === "application/octet-stream";
  if (url.pathname === "/api/spline/render") {
    if (isRaw) return new Response(catmullRom(new Float32Array(await request.arrayBuffer()), 16), { headers: octets });
    const { points, samplesPerSegment = 16 } = await request.json();
    const xy = new Float64Array(2 * points.length);
    for (let i = 0; i < points.length; i++) {
      xy[2 * i] = points[i][0];
      xy[2 * i + 1] = points[i][1];
    }
    return new Response(catmullRom(xy, samplesPerSegment), { headers: octets });
  }
  const prices = isRaw ? new Float64Array(await request.arrayBuffer()) : (await request.json()).prices;
  return new Response(JSON.stringify(describe(prices)), { headers: json });
}

Bun.serve({ port: Number(Bun.argv[2]), hostname: "127.0.0.1", fetch: answer });
