// The price box: a series, and over it the curves that the server finds in it.

const prices = {
  series: [],
  answer: null,
  serial: 0,

  start() {
    const choice = find("price-sample");
    choice.append(...priceSamples.map(([name], i) => make("option", { value: i }, name)), make("option", { value: "own" }, "Your own, below"));
    choice.addEventListener("change", () => {
      if (choice.value === "own") {
        find("price-text").focus();
        find("price-text").select();
        return;
      }
      this.take(Number(choice.value));
    });
    find("price-text").addEventListener("input", () => {
      choice.value = "own";
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.detect(), 600);
    });
    find("price-source").addEventListener("change", () => this.detect());
    find("price-form").addEventListener("submit", (event) => { event.preventDefault(); this.detect(); });
    new ResizeObserver(() => this.paint()).observe(find("price-plot"));
    this.take(0);
  },

  take(index) {
    find("price-text").value = priceSamples[index][1]().map((price) => price.toFixed(2)).join(", ");
    this.detect();
  },

  /// Numbers of a text. Of lines with something else in them, such as dates, the last number.
  read(text) {
    const lines = text.split("\n").map((line) => line.trim()).filter(Boolean);
    const isNumber = (word) => Number.isFinite(Number(word));
    const rows = lines.map((line) => line.split(/\s*[,;\t]\s*/));
    const isTable = rows.length > 1 && rows.every((row) => row.length > 1) && rows.some((row) => !row.every(isNumber));
    const words = isTable ? rows.map((row) => row[row.length - 1]) : text.split(/[\s,;]+/).filter(Boolean);
    // A heading is none of them; an empty field or NaN is a missing price.
    if (isTable && !isNumber(words[0])) words.shift();
    return words.map((word) => {
      if (["", "nan", "null", "na"].includes(word.toLowerCase())) return null;
      if (!isNumber(word)) throw new Error(`"${word}" is not a number: correct it, or leave it out.`);
      return Number(word);
    });
  },

  async detect() {
    clearTimeout(this.timer);
    const message = find("price-message");
    this.serial += 1;
    const serial = this.serial;
    try {
      this.series = this.read(find("price-text").value);
      if (this.series.length === 0) throw new Error("Give some prices.");
      const source = find("price-source").value;
      const start = performance.now();
      const response = await fetch(source === "onnx" ? "/api/ai/maparse" : `/api/ai/maparse?source=${source}`,
        { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ prices: this.series }) })
        .catch(() => { throw new Error("The server does not answer."); });
      if (!response.ok) throw new Error(await problemText(response));
      const answer = await response.json();
      if (serial !== this.serial) return;
      this.answer = answer;
      const work = Number.parseFloat(response.headers.get("X-Inference-Time"));
      this.times = Number.isFinite(work) ? work : performance.now() - start;
      say(message, "");
    } catch (error) {
      if (serial !== this.serial) return;
      this.answer = null;
      say(message, error.message);
    }
    this.paint();
    this.tell();
  },

  // The picture.

  paint() {
    const svg = find("price-plot");
    const { clientWidth: width, clientHeight: height } = svg;
    if (width === 0) return;
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const curves = (this.answer?.curves ?? []).filter(({ pattern }) => pattern !== "none")
      .map((curve) => ({ ...curve, line: this.line(curve) }));
    const values = [...this.series.filter((price) => price !== null), ...curves.flatMap(({ line }) => line.map(([, y]) => y))];
    if (values.length === 0) return svg.replaceChildren();
    let [low, high] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
    const room = (high - low) * 0.06 || Math.abs(high) * 0.01 || 1;
    [low, high] = [low - room, high + room];
    const [left, right, top, floor] = [52, width - 10, 22, height - 22];
    const x = (i) => left + (i / Math.max(1, this.series.length - 1)) * (right - left);
    const y = (value) => floor - ((value - low) / (high - low)) * (floor - top);
    const path = (points) => points.map(([i, value], k) => `${k === 0 ? "M" : "L"}${x(i).toFixed(1)} ${y(value).toFixed(1)}`).join("");
    const parts = this.grid({ low, high, left, right, floor, x, y });
    let line = "";
    this.series.forEach((price, i) => {
      if (price !== null) line += `${i > 0 && this.series[i - 1] !== null ? "L" : "M"}${x(i).toFixed(1)} ${y(price).toFixed(1)}`;
    });
    parts.push(draw("path", { class: "price-line", d: line }));
    for (const { pattern, line: points } of curves) {
      parts.push(draw("path", { class: "fit", "data-pattern": pattern, d: path(points) }));
    }
    for (const { pattern, start, end } of this.answer?.curves ?? []) {
      const [from, to, edge] = [x(start), x(end - 1), x(start - .5)];
      if (start > 0) parts.push(draw("line", { class: "edge", x1: edge, x2: edge, y1: top, y2: floor }));
      if (to - from < 7 * pattern.length) continue;
      parts.push(draw("text", { class: "fit-name", "data-pattern": pattern, x: (from + to) / 2, y: 14, "text-anchor": "middle" }, pattern));
    }
    return svg.replaceChildren(...parts);
  },

  grid({ low, high, left, right, floor, x, y }) {
    const parts = [];
    const step = niceStep(high - low, 5);
    for (let value = Math.ceil(low / step) * step; value <= high; value += step) {
      const digits = Math.max(0, -Math.floor(Math.log10(step)));
      const row = Math.round(y(value)) + .5;
      parts.push(draw("line", { class: "grid", x1: left, x2: right, y1: row, y2: row }),
        draw("text", { class: "tick", x: left - 8, y: row + 4, "text-anchor": "end" },
          digits > 6 ? value.toExponential(1) : grouped(value, digits)));
    }
    const stride = Math.max(1, niceStep(this.series.length, right - left < 500 ? 4 : 8));
    for (let i = 0; i < this.series.length; i += stride) {
      parts.push(draw("text", { class: "tick", x: x(i), y: floor + 17, "text-anchor": i === 0 ? "start" : "middle" }, grouped(i)));
    }
    return parts;
  },

  /// A curve's points, drawn from its control points by the browser's kernel; without one these themselves.
  line({ pattern, controlPoints: points, end }) {
    if (pattern === "step") {
      // Each level until the next point.
      const corners = points.flatMap(([i, value], k) => (k === 0 ? [[i, value]] : [[i - 0.5, points[k - 1][1]], [i - 0.5, value]]));
      return [...corners, [end - 1, points[points.length - 1][1]]];
    }
    try {
      const samples = playground.kernel.render({ type: "cubic", parameterization: "x", boundary: "not-a-knot", points, count: 200, dtype: "f64" });
      return Array.from({ length: samples.length / 2 }, (_, i) => [samples[2 * i], samples[2 * i + 1]]);
    } catch {
      return points;
    }
  },

  // The words.

  tell() {
    const { answer } = this;
    const place = find("price-answer");
    const svg = find("price-plot");
    if (answer === null) {
      svg.setAttribute("aria-label", "Prices, no curves");
      return place.replaceChildren();
    }
    const share = (confidence) => (confidence > 0.995 ? "> 99 %" : `${(100 * confidence).toFixed(0)} %`);
    const curves = answer.curves.filter(({ pattern }) => pattern !== "none");
    const verdict = answer.pattern === "none" ? "No one curve explains the whole series" : `The whole series is ${answer.pattern}`;
    svg.setAttribute("aria-label",
      `${many(answer.count, "price")}. ${verdict}, confidence ${share(answer.confidence)}. ${many(curves.length, "curve")} drawn.`);
    say(find("price-announce"), svg.getAttribute("aria-label"));
    const who = answer.source === "onnx" ? "network and statistics" : "statistics alone";
    const head = make("p", { class: "answer-head" }, make("b", {}, verdict), make("span", {}, `confidence ${share(answer.confidence)}`),
      make("span", { class: "quiet" }, `${many(answer.count, "price")}, ${who}, ${duration(this.times)}`));
    const heading = (text, style) => make("th", { scope: "col", class: style }, text);
    const table = make("table", {}, make("thead", {}, make("tr", {}, heading("Curve"), heading("From – to"), heading("Confidence", "number"),
      heading("R²", "number wide"), heading("Parameters", "wide"))), make("tbody", {}, ...answer.curves.map((curve) => this.row(curve, share))));
    return place.replaceChildren(head, table);
  },

  row({ pattern, start, end, confidence, r2, parameters }, share) {
    const cell = (text, style) => make("td", { class: style }, text);
    const facts = Object.entries(parameters ?? {}).map(([name, value]) => `${name} ${brief(value)}`).join(", ");
    return make("tr", {}, make("td", {}, make("span", { class: "pattern", "data-pattern": pattern }, make("span", {}, pattern))),
      cell(`${grouped(start)} – ${grouped(end - 1)}`, "range"), cell(share(confidence), "number"),
      cell(pattern === "none" ? "–" : r2.toFixed(3), "number wide"),
      make("td", { class: "wide quiet left" }, facts === "" ? "–" : facts));
  },
};
