// A small chart of the last two minutes: lines over time, from zero up.

class Chart {
  static seconds = 120;
  static right = 8;
  static left = 44;
  static bottom = 18;

  /// `series`: a name and a class each; `text` writes a value; the chart reaches to `least` or higher.
  constructor(place, label, series, text, least) {
    Object.assign(this, { label, text, least });
    this.series = series.map(({ name, style }) => ({ name, style, points: [], path: draw("path", { class: `series ${style}` }) }));
    this.back = draw("g");
    this.svg = draw("svg", { role: "img" }, this.back, ...this.series.map(({ path }) => path));
    place.append(this.svg);
    new ResizeObserver(() => this.paint()).observe(place);
  }

  /// Adds a value for each series; null where there is none.
  add(time, values) {
    this.series.forEach((line, i) => {
      line.points.push([time, values[i]]);
      while (line.points[0][0] < time - Chart.seconds * 1000 - 2000) line.points.shift();
    });
    this.now = time;
    this.paint();
  }

  paint() {
    const { clientWidth: width, clientHeight: height } = this.svg.parentElement;
    if (width === 0) return;
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const values = this.series.flatMap(({ points }) => points.map(([, value]) => value ?? 0));
    const step = niceStep(Math.max(...values, this.least), 2.2);
    const top = step * Math.max(2, Math.ceil(Math.max(...values, this.least) / step - 1e-9));
    const [floor, right] = [height - Chart.bottom, width - Chart.right];
    const y = (value) => floor - (value / top) * (floor - 8);
    const x = (time) => right - ((this.now - time) / (Chart.seconds * 1000)) * (right - Chart.left);
    this.grid(step, top, y, floor, right);
    for (const { points, path } of this.series) {
      let [line, isDrawing] = ["", false];
      for (const [time, value] of points) {
        if (value === null) {
          isDrawing = false;
          continue;
        }
        const place = `${Math.max(Chart.left, x(time)).toFixed(1)} ${y(value).toFixed(1)}`;
        line += isDrawing ? `L${place}` : `M${place}h0`;
        isDrawing = true;
      }
      path.setAttribute("d", line);
    }
    const last = this.series.map(({ name, points }) => `${name} ${this.text(points[points.length - 1]?.[1] ?? 0)}`);
    this.svg.setAttribute("aria-label", `${this.label}: now ${last.join(", ")}`);
  }

  grid(step, top, y, floor, right) {
    const parts = [];
    for (let value = 0; value <= top * 1.001; value += step) {
      parts.push(draw("line", { class: "grid", x1: Chart.left, x2: right, y1: Math.round(y(value)) + .5, y2: Math.round(y(value)) + .5 }),
        draw("text", { class: "tick", x: Chart.left - 8, y: y(value) + 4, "text-anchor": "end" }, this.text(value)));
    }
    parts.push(draw("text", { class: "tick", x: Chart.left, y: floor + 16 }, "2 minutes ago"),
      draw("text", { class: "tick", x: right, y: floor + 16, "text-anchor": "end" }, "now"));
    this.back.replaceChildren(...parts);
  }
}
