// Tiles, charts, workers and models.

const overview = {
  start() {
    const latencyText = (ms) => (ms === 0 ? "0" : duration(ms));
    const rateText = (rate) => (rate >= 100 ? grouped(rate) : String(Number(rate.toPrecision(3))));
    this.rates = new Chart(find("rates"), "Requests a second",
      [{ name: "all", style: "first" }, { name: "refused or failed", style: "other" }], rateText, 2);
    this.latencies = new Chart(find("latencies"), "Latency",
      [{ name: "median", style: "first" }, { name: "99 %", style: "other" }], latencyText, 0.02);
    const form = find("scale");
    form.addEventListener("submit", (event) => { event.preventDefault(); this.scale(); });
    form.addEventListener("input", () => { this.isEdited = true; });
    for (const button of form.querySelectorAll("[data-step]")) {
      button.addEventListener("click", () => {
        this.isEdited = true;
        find("scale-count").value = Math.max(1, Number(find("scale-count").value) + Number(button.dataset.step));
      });
    }
  },

  showMetrics({ pendingRequests, activeConnections }) {
    // The reading itself is one that is not answered yet.
    say(find("tile-pending"), grouped(Math.max(0, pendingRequests - 1)));
    say(find("tile-sockets"), grouped(activeConnections));
  },

  addRates(time, { requests, failures, points }, latencies) {
    this.rates.add(time, [requests, failures]);
    this.latencies.add(time, latencies);
    say(find("tile-rate"), requests >= 10 ? grouped(requests) : String(Number(requests.toFixed(1))));
    say(find("tile-points"), points.toLocaleString("en", { notation: "compact", maximumFractionDigits: 1 }));
    // The last ones there were, for a while.
    if (latencies[0] !== null) this.lastLatencies = { time, latencies };
    const { time: then, latencies: [median, slow] } = this.lastLatencies ?? { time: 0, latencies: [null, null] };
    const tell = (ms) => (ms === null || time - then > 15_000 ? "–" : duration(ms));
    say(find("tile-median"), tell(median));
    say(find("tile-slow"), tell(slow));
  },

  /// Since the server's start, most asked for first.
  showPaths(paths) {
    const list = [...paths].filter(([path, { requests }]) => path.startsWith("/") && requests > 0)
      .sort(([, a], [, b]) => b.requests - a.requests).slice(0, 5);
    find("paths").hidden = list.length === 0;
    find("path-rows").replaceChildren(...list.map(([route, { requests, failures, buckets }]) => {
      const time = (share) => {
        const ms = quantile(share, nothing, { buckets });
        return ms === null ? "–" : duration(ms);
      };
      const cell = (text, style) => make("td", { class: `number ${style}` }, text);
      return make("tr", {}, make("td", {}, route), cell(grouped(requests), ""), cell(grouped(failures), "wide"),
        cell(time(0.5), ""), cell(time(0.99), "wide"));
    }));
  },

  /// The workers by id; rows stay where they are, so that nobody loses the focus.
  showWorkers(workers) {
    const list = Object.values(workers).sort((a, b) => String(a.id).localeCompare(String(b.id), "en", { numeric: true }));
    const body = find("worker-rows");
    const rows = new Map([...body.children].map((row) => [row.dataset.id, row]));
    list.forEach((worker, i) => {
      const id = String(worker.id);
      const row = rows.get(id) ?? this.workerRow(id);
      rows.delete(id);
      if (body.children[i] !== row) body.insertBefore(row, body.children[i] ?? null);
      this.fill(row, worker);
    });
    for (const row of rows.values()) row.remove();
    find("workers-empty").hidden = list.length > 0;
    const alive = list.filter(({ status }) => status !== "terminated");
    const busy = alive.filter(({ status }) => status === "working").length;
    find("tile-busy").replaceChildren(grouped(busy), make("small", {}, ` of ${grouped(alive.length)}`));
    say(find("tile-queue"), grouped(list.reduce((sum, { queue_depth: depth }) => sum + (depth ?? 0), 0)));
    if (!this.isEdited) find("scale-count").value = Math.max(1, alive.length);
  },

  workerRow(id) {
    const cell = (name, style) => make("td", { "data-name": name, class: style });
    const save = make("button", { type: "button", class: "link", "aria-label": `Download the heap snapshot of worker ${id}`,
      onclick: () => this.save(id) }, "Snapshot");
    return make("tr", { "data-id": id }, make("th", { scope: "row" }, id),
      make("td", {}, make("span", { class: "state", "data-name": "status" })), cell("job", "wide quiet"), cell("done", "number wide"),
      cell("errors", "number wide"), cell("queue", "number wide"), cell("memory", "number range"),
      make("td", {}, live.paths.has("/api/workers/snapshot/:id") ? save : ""));
  },

  fill(row, worker) {
    const put = (name, text) => say(row.querySelector(`[data-name=${name}]`), text);
    const { rss_mb: resident, heap_used_mb: used, heap_total_mb: total, external_mb: external } = worker.resource_usage ?? {};
    row.querySelector("[data-name=status]").dataset.state = worker.status;
    put("status", worker.status);
    put("job", worker.current_job ? `${worker.current_job.type} for ${duration(Math.max(0, Date.now() - worker.current_job.started_at))}` : "–");
    put("done", grouped(worker.messages_processed));
    put("errors", grouped(worker.errors));
    put("queue", grouped(worker.queue_depth ?? 0));
    put("memory", used === undefined ? "–" : `${brief(used)} MB`);
    row.title = [worker.last_error && `Last error: ${worker.last_error}.`, resident !== undefined
      && `Heap ${brief(used)} of ${brief(total)} MB, beside it ${brief(external)} MB; the process has ${brief(resident)} MB.`]
      .filter(Boolean).join(" ");
  },

  async scale() {
    const count = Number(find("scale-count").value);
    const message = find("scale-message");
    try {
      const response = await access.fetch("/api/workers/scale",
        { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ count }) });
      if (response === undefined) return;
      const words = response.ok ? await response.json() : await problemText(response);
      message.classList.toggle("fine", response.ok);
      say(message, response.ok ? `${grouped(words.created)} started, ${grouped(words.terminated)} ended.` : words);
      this.isEdited = !response.ok;
    } catch {
      message.classList.remove("fine");
      say(message, "The server did not answer: nothing was changed.");
    }
  },

  /// Downloads a snapshot; by a request of its own, since a link could carry no token.
  async save(id) {
    const message = find("scale-message");
    message.classList.remove("fine");
    try {
      const response = await access.fetch(`/api/workers/snapshot/${encodeURIComponent(id)}`);
      if (response === undefined) return;
      if (!response.ok) throw new Error(await problemText(response));
      const address = URL.createObjectURL(await response.blob());
      make("a", { href: address, download: `heap-snapshot-${id}.json` }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
      say(message, "");
    } catch (error) {
      say(message, `There is no snapshot: ${error.message}`);
    }
  },

  showModels({ models = {} }) {
    const entries = Object.entries(models);
    find("model-list").replaceChildren(...(entries.length === 0 ? [make("p", { class: "quiet empty" }, "There is none.")]
      : entries.map(([name, model]) => this.model(name, model))));
  },

  model(name, { loaded, warmupComplete, inferenceCount, avgInferenceTime, modelPath, reason }) {
    const state = warmupComplete ? "ready" : loaded ? "loaded" : "not loaded";
    const rows = [["Answers", grouped(inferenceCount)], ["Mean time", inferenceCount > 0 ? duration(avgInferenceTime) : "–"], ["From", modelPath],
      ...(reason === undefined ? [] : [["Why not", reason]])];
    return make("div", {}, make("p", { class: "model-name" }, make("b", {}, name),
      make("span", { class: "state", "data-state": warmupComplete ? "idle" : loaded ? "working" : "error" }, state)),
    make("dl", { class: "model" }, ...rows.flatMap(([term, value]) => [make("dt", {}, term), make("dd", {}, value)])));
  },
};
