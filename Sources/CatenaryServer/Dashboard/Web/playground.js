// The curve: drawn by the browser's kernel at once and by the server as fast as it answers; both compared, byte by byte.

const playground = {
  kernel: null,
  kernelFault: "loads the kernel…",
  /// The options wanted, and those last sent.
  wanted: null,
  sent: null,
  isBusy: false,
  /// What the server gave last: its options, samples and header fields.
  server: null,
  browser: null,

  start() {
    find("type").append(...kindNames.map((name) => make("option", { value: name }, name)));
    for (const [id, event] of [["type", "change"], ["sampling", "change"], ["backend", "change"], ["closed", "change"]]) {
      find(id).addEventListener(event, () => {
        settings[id] = id === "closed" ? find(id).checked : find(id).value;
        this.refresh();
      });
    }
    find("type").value = settings.type;
    for (const id of ["show-server", "show-browser", "show-samples"]) find(id).addEventListener("change", () => this.paint());
    find("controls").addEventListener("submit", (event) => event.preventDefault());
    find("add-point").addEventListener("click", () => plot.insertAfter());
    find("remove-point").addEventListener("click", () => plot.remove());
    find("reset-points").addEventListener("click", () => { plot.reset(); this.refresh(); });
    find("points-text").addEventListener("input", () => this.takeText());
    plot.start();
    this.refresh();
    this.load();
  },

  async load() {
    try {
      const { loadKernel } = await import("/spline.js");
      this.kernel = await loadKernel(fetch("/spline-browser.wasm"));
    } catch (error) {
      this.kernelFault = `cannot draw: ${error.message}`;
    }
    // What the server gave before is asked for again, to be compared.
    this.sent = null;
    this.change();
    prices.paint();
  },

  /// After a change that may need other controls.
  refresh() {
    find("kind-fields").replaceChildren(...kindFields());
    find("sampling-fields").replaceChildren(...samplingFields());
    find("closed-field").hidden = neverClosed.includes(settings.type);
    this.change();
  },

  /// After any change: what is to be drawn now.
  change() {
    const message = find("curve-message");
    try {
      const used = this.used();
      this.wanted = curveOptions(plot.points.slice(0, used));
      say(message, "");
      if (isByX() && plot.points.some(({ x }, i) => i > 0 && plot.points[i - 1].x >= x)) {
        this.wanted = null;
        message.replaceChildren("Here y is a function of x: each point must lie to the right of the one before it.",
          make("button", { type: "button", onclick: () => this.sort() }, "Sort the points"));
      }
    } catch (error) {
      this.wanted = null;
      say(message, error.message);
    }
    this.drawHere();
    if (this.wanted === null) this.server = null;
    this.fillTexts();
    if (!this.isScheduled) {
      this.isScheduled = true;
      requestAnimationFrame(() => {
        this.isScheduled = false;
        this.paint();
        this.send();
      });
    }
  },

  /// How many of the points make the curve: Bézier kinds take them in groups.
  used() {
    const { length } = plot.points;
    const each = { bezier: 3, "quadratic-bezier": 2 }[settings.type];
    if (each === undefined) return length;
    const groups = Math.floor((isClosed() ? length : length - 1) / each);
    return groups === 0 ? length : each * groups + (isClosed() ? 0 : 1);
  },

  sort() {
    plot.points.sort((a, b) => a.x - b.x);
    plot.points.forEach((point, i) => {
      const before = plot.points[i - 1];
      if (before !== undefined && point.x <= before.x) point.x = plot.round(before.x + 0.1);
    });
    this.change();
  },

  // This browser.

  drawHere() {
    this.browser = null;
    if (this.wanted === null || this.kernel === null) return;
    try {
      if (this.isChosenByServer(this.wanted)) this.kernel.count({ ...this.wanted, lambda: 1 });
      else this.show(this.drawn(this.wanted));
    } catch (error) {
      // The server would say the same.
      say(find("curve-message"), error.message);
      this.wanted = null;
    }
  },

  drawn(options) { return { options, samples: this.kernel.render(options) }; },

  show(drawing) {
    this.browser = drawing;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.time(), 250);
  },

  /// Lambda by cross-validation is the server's to find: the browser's kernel draws with what it tells.
  isChosenByServer: (options) => options.type === "smoothing" && options.lambda === undefined,

  /// Browsers' clocks are coarse: a curve is drawn again and again, and the mean told.
  time() {
    if (this.browser === null) return;
    const { options } = this.browser;
    let rounds = 0;
    const start = performance.now();
    while (rounds < 500 && performance.now() - start < 8) {
      this.kernel.render(options);
      rounds += 1;
    }
    this.browser.time = (performance.now() - start) / rounds;
    this.tell();
  },

  // The server.

  async send() {
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      while (this.wanted !== null && (this.sent?.options !== this.wanted || this.sent.backend !== settings.backend)) {
        this.sent = { options: this.wanted, backend: settings.backend };
        await this.ask(this.sent);
        this.paint();
      }
    } catch {
      this.server = null;
      this.sent = null;
      this.isSilent = true;
      this.paint();
      setTimeout(() => this.send(), 3000);
    } finally {
      this.isBusy = false;
    }
  },

  body: (options, backend) => JSON.stringify(backend === "" ? options : { ...options, backend }),

  async ask({ options, backend }) {
    const start = performance.now();
    const response = await fetch("/api/spline/render", {
      method: "POST", headers: { "Content-Type": "application/json", Accept: "application/octet-stream" },
      body: this.body(options, backend),
    });
    this.isSilent = false;
    if (!response.ok) {
      this.server = null;
      const words = await problemText(response);
      if (options === this.wanted) say(find("curve-message"), words);
      return;
    }
    const samples = new Float32Array(await response.arrayBuffer());
    const elapsed = performance.now() - start;
    const steps = [...(response.headers.get("Server-Timing") ?? "").matchAll(/(\w+);dur=([\d.]+)/g)];
    const lambda = response.headers.get("X-Lambda");
    if (this.wanted === null) return;
    this.server = { options, samples, elapsed, lambda, backend: response.headers.get("X-Backend"),
      steps: new Map(steps.map(([, name, ms]) => [name, Number(ms)])) };
    if (this.kernel === null) return;
    const isAuto = this.isChosenByServer(options);
    const here = this.browser?.options === options ? this.browser
      : this.drawn(isAuto ? { ...options, lambda: Number(lambda) } : options);
    this.server.found = this.compare(samples, here.samples);
    if (isAuto && options === this.wanted) this.show(here);
  },

  /// Whether two drawings are the same: how many bytes, or the first that differs.
  compare(...drawings) {
    const [a, b] = drawings.map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength));
    if (a.length !== b.length) return { lengths: [a.length, b.length] };
    const first = a.findIndex((byte, i) => byte !== b[i]);
    return first < 0 ? { same: a.length } : { first };
  },

  // What is seen.

  paint() {
    const { browser } = this;
    const shows = (id) => find(id).checked;
    const [serverSamples, browserSamples] = [this.server?.samples ?? [], browser?.samples ?? []];
    const isLine = settings.sampling !== "at";
    const hasDots = !isLine || shows("show-samples");
    plot.show("server", shows("show-server") && isLine ? plot.line(serverSamples) : "");
    plot.show("browser", shows("show-browser") && isLine ? plot.line(browserSamples) : "");
    plot.show("serverDots", shows("show-server") && hasDots ? plot.dots(serverSamples) : "");
    plot.show("browserDots", shows("show-browser") && hasDots ? plot.dots(browserSamples) : "");
    plot.paintPoints(this.used(), { isClosed: isClosed(), hasHandles: settings.type === "hermite" });
    this.tell();
  },

  tell() {
    const figures = (samples) => `${many(samples.length / 2, "point")}, ${bytesText(samples.byteLength)}`;
    const { server, browser } = this;
    say(find("server-figures"), server ? figures(server.samples) : this.isSilent ? "does not answer" : "–");
    const inside = server && [...server.steps.values()].reduce((sum, ms) => sum + ms, 0);
    say(find("server-times"), server ? `${server.backend}, ${duration(inside)} of work, ${duration(server.elapsed)} there and back` : "");
    say(find("browser-figures"), browser ? figures(browser.samples) : this.kernel ? "–" : this.kernelFault);
    say(find("browser-times"), browser?.time === undefined ? "" : `wasm, ${duration(browser.time)} a drawing`);
    this.judge();
    document.documentElement.dataset.samples = server?.samples.length ?? 0;
  },

  judge() {
    const verdict = find("verdict");
    const found = this.wanted === null ? undefined : this.server?.found;
    let [state, text] = ["waiting", "not compared yet"];
    if (found?.same !== undefined) {
      [state, text] = ["same", `Same bytes, all ${grouped(found.same)}`];
      if (this.isChosenByServer(this.server.options)) {
        text += ` (lambda ${brief(Number(this.server.lambda))} is the server's: the browser's kernel finds none)`;
      }
    } else if (found?.lengths !== undefined) {
      [state, text] = ["differ", `Different: ${found.lengths.map((n) => grouped(n)).join(" and ")} bytes`];
    } else if (found?.first !== undefined) {
      [state, text] = ["differ", `Bytes differ, from byte ${grouped(found.first)} on`];
    } else if (this.wanted === null) {
      [state, text] = ["apart", "nothing to compare"];
    }
    verdict.dataset.state = state;
    verdict.dataset.current = found !== undefined && this.server.options === this.wanted;
    say(verdict, text);
  },

  // As text.

  fillTexts() {
    const text = find("points-text");
    if (document.activeElement !== text) text.value = plot.points.map(({ x, y }) => `${x}, ${y}`).join("\n");
    const command = ["curl -H 'Content-Type: application/json'", `-d '${this.body(this.wanted, settings.backend)}'`,
      `${location.origin}/api/spline/render -o curve.f32`];
    find("curl").value = this.wanted === null ? "" : command.join(" \\\n  ");
  },

  takeText() {
    const message = find("points-message");
    try {
      const pairs = find("points-text").value.split("\n").filter((line) => line.trim() !== "").map((line, i) => {
        const pair = numbersIn(line, `line ${i + 1}`);
        if (pair.length !== 2) throw new Error(`line ${i + 1} has ${many(pair.length, "number")}: give two, as in 3.5, 20`);
        return pair;
      });
      if (pairs.length < 2) throw new Error("give two points or more");
      plot.set(pairs.slice(0, 200));
      say(message, "");
      this.change();
    } catch (error) {
      say(message, error.message);
    }
  },
};
