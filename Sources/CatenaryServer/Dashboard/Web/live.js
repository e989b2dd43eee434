// Keeps up with the server: telemetry over a WebSocket, counters once a second, and patience when it is away.

const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });
/// 1 s, 2 s, 4 s … 15 s, each a little longer or shorter so that many pages do not come back at once.
const backOff = (failures) => Math.min(15_000, 1000 * 2 ** (failures - 1)) * (0.8 + 0.4 * Math.random());

const live = {
  /// Grows when all begins anew; loops of an older one end.
  turn: 0,
  paths: new Set(),
  socket: null,
  isReachable: false,
  isStreaming: false,
  last: null,

  restart() {
    this.turn += 1;
    this.socket?.close();
    this.run(this.turn);
  },

  async run(turn) {
    for (let failures = 1; turn === this.turn; failures += 1) {
      try {
        if (await this.learn()) {
          this.poll(turn);
          this.listen(turn);
        } else {
          this.show("locked", "token needed");
        }
        return;
      } catch {
        this.show("offline", "no answer");
        await pause(backOff(failures));
      }
    }
  },

  /// What the server is and has; false without the token that it wants.
  async learn() {
    const version = await (await fetch("/api/version", { signal: AbortSignal.timeout(5000) })).json();
    say(find("version"), version.version ?? "");
    // Asked for before a request is refused.
    if (version.needsToken === true && access.token === null) {
      access.refused();
      return false;
    }
    const response = await access.fetch("/api/dev/endpoints", { signal: AbortSignal.timeout(5000) });
    if (response === undefined) return false;
    if (!response.ok) throw new Error(await problemText(response));
    access.setLocked(false);
    this.paths = new Set((await response.json()).endpoints.map(({ path }) => path));
    find("scale").hidden = !this.paths.has("/api/workers/scale");
    find("workers").hidden = !this.paths.has("/api/dev/workers");
    find("stream-card").hidden = !this.paths.has("/ws/spline-live");
    return true;
  },

  show(state, text) {
    const pill = find("connection");
    pill.dataset.state = state;
    say(pill.querySelector("span"), text);
  },

  showReachable() {
    if (this.isStreaming) this.show("live", "live");
    else this.show("polling", "polling");
  },

  // Counters, and without a WebSocket the workers.

  async poll(turn) {
    this.last = null;
    let [failures, round] = [0, 0];
    while (turn === this.turn) {
      if (!document.hidden) {
        try {
          const isAdmitted = await this.read(round);
          if (turn !== this.turn) return;
          if (!isAdmitted) {
            this.isReachable = false;
            this.show("locked", "token needed");
            return;
          }
          [failures, round] = [0, round + 1];
          this.isReachable = true;
          this.showReachable();
        } catch {
          failures += 1;
          [this.isReachable, this.last] = [false, null];
          this.show("offline", "no answer, trying again");
        }
      }
      await pause(failures === 0 ? 1000 : backOff(failures));
    }
  },

  /// False when the token is refused.
  async read(round) {
    const signal = () => ({ signal: AbortSignal.timeout(5000), cache: "no-store" });
    const get = async (path) => {
      const response = await access.fetch(path, signal());
      if (response !== undefined && !response.ok) throw new Error(`${path}: ${response.status}`);
      return response;
    };
    const json = await get("/api/dev/metrics");
    const text = json && await get("/metrics");
    if (text === undefined) return false;
    const now = await json.json();
    const counts = readMetrics(await text.text());
    this.measure(now, counts);
    if (round % 5 === 0) overview.showPaths(counts.paths);
    if (!this.isStreaming && this.paths.has("/api/dev/workers")) {
      const workers = await get("/api/dev/workers");
      if (workers === undefined) return false;
      overview.showWorkers(await workers.json());
    }
    if (round % 5 === 0) overview.showModels(await (await fetch("/api/ai/models/status", signal())).json());
    return true;
  },

  /// Rates and latencies since the reading before.
  measure(now, counts) {
    const time = Number(now.timestampNs) / 1e6;
    overview.showMetrics(now.metrics);
    const before = this.last;
    this.last = { time, counts };
    if (before === null) return;
    const seconds = (time - before.time) / 1000;
    const rate = (name) => Math.max(0, counts[name] - before.counts[name]) / seconds;
    if (seconds <= 0) return;
    const latencies = [0.5, 0.99].map((share) => quantile(share, before.counts, counts));
    overview.addRates(time, { requests: rate("requests"), failures: rate("failures"), points: rate("points") }, latencies);
  },

  // Telemetry.

  async listen(turn) {
    if (!this.paths.has("/ws/workers/telemetry")) return;
    let failures = 0;
    while (turn === this.turn) {
      if (this.isReachable) failures = (await this.stream(turn)) ? 1 : failures + 1;
      this.isStreaming = false;
      await pause(this.isReachable ? backOff(Math.max(1, failures)) : 500);
    }
  },

  /// One connection until it ends; whether it was open.
  stream(turn) {
    return new Promise((done) => {
      const socket = new WebSocket(access.socket("/ws/workers/telemetry", { interval: 1000 }));
      this.socket = socket;
      let heard = Date.now();
      // A server that vanished without a word is noticed by its silence.
      const watch = setInterval(() => {
        if (turn !== this.turn || Date.now() - heard > 20_000) socket.close();
        else if (socket.readyState === WebSocket.OPEN) socket.send('{"type":"heartbeat"}');
      }, 7000);
      socket.addEventListener("message", ({ data }) => {
        heard = Date.now();
        const message = JSON.parse(data);
        if (message.workers === undefined || turn !== this.turn) return;
        this.isStreaming = true;
        this.showReachable();
        overview.showWorkers(message.workers);
      });
      socket.addEventListener("close", () => {
        clearInterval(watch);
        done(this.isStreaming);
      });
    });
  },
};
