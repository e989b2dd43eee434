// The control points: drawn, dragged, and moved by keys. Units: the plot is 100 wide, y goes up.

const plot = {
  points: [],
  /// The point, and whether it is its tangent's handle.
  chosen: { index: 0, isHandle: false },
  dragged: null,

  start() {
    this.svg = find("plot");
    const styles = { polygon: "polygon", server: "curve server", browser: "curve browser", serverDots: "curve server dots",
      browserDots: "curve browser dots" };
    this.layers = Object.fromEntries(Object.entries(styles).map(([name, style]) => [name, draw("path", { class: style })]));
    this.handles = draw("g");
    this.svg.append(...Object.values(this.layers), this.handles);
    this.reset();
    this.svg.addEventListener("pointerdown", (event) => this.grab(event));
    this.svg.addEventListener("pointermove", (event) => this.drag(event));
    for (const end of ["pointerup", "pointercancel"]) this.svg.addEventListener(end, () => { this.dragged = null; });
    this.svg.addEventListener("dblclick", (event) => {
      if (event.target.closest(".point") === null) this.insert(this.placeOf(event));
    });
    this.svg.addEventListener("keydown", (event) => this.press(event));
    this.svg.addEventListener("focusin", (event) => this.choose(event.target));
    new ResizeObserver(() => { this.measure(); playground.paint(); }).observe(this.svg);
    this.measure();
  },

  reset() {
    this.set([[6, 20], [20, 46], [34, 14], [48, 38], [62, 12], [78, 50], [94, 24]]);
  },

  /// New points; weights are 1, tangents those of a Catmull-Rom curve.
  set(pairs) {
    this.points = pairs.map(([x, y], i) => {
      const [before, after] = [pairs[Math.max(0, i - 1)], pairs[Math.min(pairs.length - 1, i + 1)]];
      return { x, y, weight: 1, tangent: [this.round((after[0] - before[0]) / 2), this.round((after[1] - before[1]) / 2)] };
    });
    this.chosen = { index: clamp(this.chosen.index, 0, pairs.length - 1), isHandle: false };
  },

  measure() {
    const { clientWidth: width, clientHeight: height } = this.svg;
    if (width === 0) return;
    [this.scale, this.height] = [width / 100, height];
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  },

  round: (x) => Math.round(x * 10) / 10,
  toScreen(x, y) { return [x * this.scale, this.height - y * this.scale]; },
  placeOf(event) {
    const box = this.svg.getBoundingClientRect();
    return [(event.clientX - box.left) / this.scale, (this.height - (event.clientY - box.top)) / this.scale];
  },

  // What is drawn.

  /// A path through flat pairs of numbers.
  line(samples, closes = false) {
    let text = "";
    for (let i = 0; i + 1 < samples.length; i += 2) {
      const [x, y] = this.toScreen(samples[i], samples[i + 1]);
      text += `${i === 0 ? "M" : "L"}${x.toFixed(2)} ${y.toFixed(2)}`;
    }
    return closes ? `${text}Z` : text;
  },

  dots(samples) {
    let text = "";
    for (let i = 0; i + 1 < samples.length; i += 2) {
      const [x, y] = this.toScreen(samples[i], samples[i + 1]);
      text += `M${x.toFixed(2)} ${y.toFixed(2)}h0`;
    }
    return text;
  },

  show(name, path) { this.layers[name].setAttribute("d", path); },

  /// Points and handles; `used`: so many of them make the curve.
  paintPoints(used, { isClosed, hasHandles }) {
    this.show("polygon", this.line(this.points.slice(0, used).flatMap(({ x, y }) => [x, y]), isClosed));
    const wanted = this.points.flatMap((_, index) => [{ index, isHandle: false }, ...(hasHandles ? [{ index, isHandle: true }] : [])]);
    const marks = [...this.handles.children];
    while (marks.length > wanted.length) marks.pop().remove();
    while (marks.length < wanted.length) {
      const mark = draw("g", { class: "point", tabindex: 0, role: "button", "aria-roledescription": "control point" },
        draw("line", { class: "handle-line" }), draw("circle", { class: "reach", r: 16 }), draw("circle", { class: "mark-dot" }));
      marks.push(mark);
      this.handles.append(mark);
    }
    marks.forEach((mark, i) => this.paintMark(mark, wanted[i], used));
  },

  paintMark(mark, { index, isHandle }, used) {
    const point = this.points[index];
    const tip = isHandle ? [point.x + point.tangent[0] / 3, point.y + point.tangent[1] / 3] : [point.x, point.y];
    const [[px, py], [x, y]] = [this.toScreen(point.x, point.y), this.toScreen(...tip)];
    mark.dataset.index = index;
    mark.classList.toggle("handle", isHandle);
    mark.classList.toggle("unused", index >= used);
    mark.classList.toggle("chosen", index === this.chosen.index && isHandle === this.chosen.isHandle);
    const [line, reach, dot] = mark.children;
    dress(line, { x1: px, y1: py, x2: x, y2: y }, []);
    for (const circle of [reach, dot]) dress(circle, { cx: x, cy: y }, []);
    dot.setAttribute("r", isHandle ? 4 : 6.5);
    mark.setAttribute("aria-label", this.words(index, isHandle) + (index >= used ? ", not part of the curve" : ""));
  },

  words(index, isHandle) {
    const { x, y, tangent } = this.points[index];
    const name = `${isHandle ? "Tangent of point" : "Point"} ${index + 1} of ${this.points.length}`;
    return `${name}: ${(isHandle ? tangent : [x, y]).map((n) => brief(n)).join(", ")}`;
  },

  // What is done.

  choose(target) {
    const mark = target.closest?.(".point");
    if (!mark) return;
    const now = { index: Number(mark.dataset.index), isHandle: mark.classList.contains("handle") };
    const isOther = now.index !== this.chosen.index || now.isHandle !== this.chosen.isHandle;
    this.chosen = now;
    if (isOther) playground.refresh();
  },

  focus(index) {
    this.chosen = { index, isHandle: false };
    playground.refresh();
    playground.paint();
    [...this.handles.children].find((mark) => Number(mark.dataset.index) === index && !mark.classList.contains("handle"))?.focus();
  },

  grab(event) {
    const mark = event.target.closest(".point");
    if (mark === null || event.button > 0) return;
    event.preventDefault();
    mark.focus({ focusVisible: false, preventScroll: true });
    this.choose(mark);
    const [x, y] = this.placeOf(event);
    const [cx, cy] = this.tip();
    this.dragged = { dx: cx - x, dy: cy - y };
    this.svg.setPointerCapture(event.pointerId);
  },

  /// Where the chosen point or handle is.
  tip() {
    const { x, y, tangent } = this.points[this.chosen.index];
    return this.chosen.isHandle ? [x + tangent[0] / 3, y + tangent[1] / 3] : [x, y];
  },

  drag(event) {
    if (this.dragged === null) return;
    const [x, y] = this.placeOf(event);
    this.moveTo(x + this.dragged.dx, y + this.dragged.dy);
  },

  moveTo(x, y) {
    const { index, isHandle } = this.chosen;
    const point = this.points[index];
    if (isHandle) {
      point.tangent = [this.round(3 * (x - point.x)), this.round(3 * (y - point.y))];
    } else {
      let [low, high] = [0, 100];
      if (isByX()) {
        // Between the neighbours: x must rise.
        low = Math.max(low, (this.points[index - 1]?.x ?? -1) + 0.1);
        high = Math.min(high, (this.points[index + 1]?.x ?? 101) - 0.1);
      }
      [point.x, point.y] = [this.round(clamp(x, low, Math.max(low, high))), this.round(clamp(y, 0, this.height / this.scale))];
    }
    playground.change();
  },

  press(event) {
    const mark = event.target.closest?.(".point");
    if (!mark || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.shiftKey ? 0.1 : 1;
    const move = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] }[event.key];
    if (move !== undefined) {
      const [x, y] = this.tip();
      this.moveTo(x + move[0], y + move[1]);
      say(find("announce"), this.words(this.chosen.index, this.chosen.isHandle));
    } else if (event.key === "Insert" || event.key === "+") {
      this.insertAfter();
    } else if (event.key === "Delete" || event.key === "Backspace") {
      this.remove();
    } else {
      return;
    }
    event.preventDefault();
  },

  /// A point beside the chosen one, half-way to the next.
  insertAfter() {
    const { points, chosen: { index } } = this;
    const [from, to] = index + 1 < points.length ? [points[index], points[index + 1]] : [points[index - 1] ?? points[index], points[index]];
    const isInside = index + 1 < points.length;
    const x = isInside ? (from.x + to.x) / 2 : Math.min(100, to.x + 4);
    this.add(index + 1, x, isInside ? (from.y + to.y) / 2 : to.y);
  },

  /// A point where it lengthens the way of the polygon least, or where x puts it.
  insert([x, y]) {
    const { points } = this;
    if (isByX()) return this.add(points.filter((point) => point.x < x).length, x, y);
    const far = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);
    const cost = (i) => {
      if (i === 0) return far(points[0], { x, y });
      if (i === points.length) return far(points[i - 1], { x, y });
      return far(points[i - 1], { x, y }) + far({ x, y }, points[i]) - far(points[i - 1], points[i]);
    };
    let best = 0;
    for (let i = 1; i <= points.length; i += 1) if (cost(i) < cost(best)) best = i;
    return this.add(best, x, y);
  },

  add(index, x, y) {
    if (this.points.length >= 200) return;
    const [before, after] = [this.points[index - 1], this.points[index]].map((point) => point ?? { x, y });
    const tangent = [this.round((after.x - before.x) / 2), this.round((after.y - before.y) / 2)];
    this.points.splice(index, 0, { x: this.round(x), y: this.round(y), weight: 1, tangent });
    this.focus(index);
    say(find("announce"), `Added. ${this.words(index, false)}`);
  },

  remove() {
    if (this.points.length <= 2) return say(find("announce"), "A curve needs two points: nothing was removed.");
    const { index } = this.chosen;
    this.points.splice(index, 1);
    say(find("announce"), `Point ${index + 1} removed, ${many(this.points.length, "point")} left.`);
    return this.focus(Math.min(index, this.points.length - 1));
  },
};
