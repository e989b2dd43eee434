// The controls of a curve: which there are for a kind, and the options that they make.

const kindNames = ["linear", "step", "catmull-rom", "cardinal", "kochanek-bartels", "hermite", "bezier", "quadratic-bezier",
  "cubic", "monotone", "akima", "makima", "b-spline", "nurbs", "interpolating-b-spline", "smoothing"];
/// What each kind has beside what all have.
const kindOptions = {
  linear: ["parameterization"], step: ["step", "parameterization"], "catmull-rom": ["alpha", "tension", "ends"],
  cardinal: ["tension", "ends"], "kochanek-bartels": ["tension", "continuity", "bias", "ends"], hermite: ["tangents"],
  bezier: [], "quadratic-bezier": [], cubic: ["boundary", "slopes", "parameterization"],
  monotone: ["method", "parameterization"], akima: ["parameterization"], makima: ["parameterization"],
  "b-spline": ["degree", "knots"], nurbs: ["degree", "knots", "weights"],
  "interpolating-b-spline": ["degree", "parameterization"], smoothing: ["lambda", "parameterization"],
};
const runByX = ["monotone", "akima", "makima", "smoothing"];
const neverClosed = ["interpolating-b-spline", "smoothing"];

/// What was chosen, kept when the kind changes; an empty text is the default.
const settings = {
  type: "catmull-rom", closed: false, alpha: 0, tension: 0, continuity: 0, bias: 0, ends: "", step: "", boundary: "", slopes: "",
  method: "", parameterization: "", degree: 3, knots: "", knotList: "", lambda: "", lambdaNumber: 100, backend: "",
  sampling: "samplesPerSegment", samplesPerSegment: 16, count: 200, spacing: "", tolerance: 0.1, at: "0, 0.5, 1, 1.5, 2",
  atX: "20, 30, 40, 50, 60",
};

const isClosed = () => settings.closed && !neverClosed.includes(settings.type);
/// Whether y is a function of x, which then must rise.
function isByX() {
  if (isClosed() || !kindOptions[settings.type].includes("parameterization")) return false;
  return settings.parameterization === "x" || (settings.parameterization === "" && runByX.includes(settings.type));
}

/// Numbers of a text, whatever separates them; throws where one is none.
function numbersIn(text, name) {
  return text.split(/[\s,;]+/).filter(Boolean).map((word) => {
    const number = Number(word);
    if (!Number.isFinite(number)) throw new Error(`${name}: "${word}" is not a number`);
    return number;
  });
}

/// The options of the curve and of its samples, as the server and the browser's kernel take them. Defaults are left out.
function curveOptions(points) {
  const { type } = settings;
  const options = { type, points: points.map(({ x, y }) => [x, y]) };
  const own = kindOptions[type];
  const closed = isClosed();
  if (closed) options.closed = true;
  const take = (name, usual) => { if (own.includes(name) && settings[name] !== usual) options[name] = settings[name]; };
  for (const name of ["alpha", "tension", "continuity", "bias"]) take(name, 0);
  for (const name of ["step", "method", ...(closed ? [] : ["ends", "boundary"])]) take(name, "");
  take("degree", 3);
  if (own.includes("parameterization") && settings.parameterization !== "" && !(closed && settings.parameterization === "x")) {
    options.parameterization = settings.parameterization;
  }
  if (type === "hermite") options.tangents = points.map(({ tangent }) => tangent);
  if (type === "nurbs" && points.some(({ weight }) => weight !== 1)) options.weights = points.map(({ weight }) => weight);
  if (own.includes("knots") && !closed && settings.knots !== "") {
    options.knots = settings.knots === "given" ? numbersIn(settings.knotList, "knots") : settings.knots;
  }
  if (type === "cubic" && options.boundary === "clamped" && settings.slopes.trim() !== "") {
    options.slopes = settings.slopes.split(";").map((part) => numbersIn(part, "slopes"));
  }
  if (type === "smoothing" && settings.lambda !== "") options.lambda = settings.lambdaNumber;
  const { sampling } = settings;
  if (sampling === "at") options.at = numbersIn(isByX() ? settings.atX : settings.at, "parameters");
  else if (!(sampling === "samplesPerSegment" && settings[sampling] === 16)) options[sampling] = settings[sampling];
  if (sampling === "count" && settings.spacing !== "") options.spacing = settings.spacing;
  return options;
}

// The controls themselves. `onChange` is called after each change, with true where other controls are needed.

function rangeField(name, label, low, high, step, { value = settings[name], text = String, set } = {}) {
  const output = make("output", {}, text(value));
  const input = make("input", { type: "range", id: `field-${name}`, min: low, max: high, step, oninput: () => {
    const number = Number(input.value);
    output.textContent = text(number);
    if (set) set(number); else settings[name] = number;
    playground.change();
  } });
  input.value = value;
  // Said, since an output can have a label, too.
  return make("label", { class: "field", for: input.id }, make("span", { class: "value" }, label, output), input);
}

function choiceField(name, label, choices) {
  const select = make("select", { id: `field-${name}`, onchange: () => {
    settings[name] = select.value;
    playground.refresh();
  } }, ...choices.map(([value, text]) => make("option", { value }, text ?? value)));
  select.value = settings[name];
  if (select.selectedIndex < 0) select.selectedIndex = 0;
  return make("label", { class: "field" }, label, select);
}

function textField(name, label, placeholder) {
  const input = make("input", { type: "text", id: `field-${name}`, placeholder, spellcheck: "false", oninput: () => {
    settings[name] = input.value;
    playground.change();
  } });
  input.value = settings[name];
  return make("label", { class: "field" }, label, input);
}

function numberField(name, label, attributes) {
  const input = make("input", { type: "number", id: `field-${name}`, ...attributes, oninput: () => {
    if (!input.checkValidity() || input.value === "") return;
    settings[name] = Number(input.value);
    playground.change();
  } });
  input.value = settings[name];
  return make("label", { class: "field" }, label, input);
}

const plain = (names, first) => [["", first], ...names.map((name) => [name])];

/// The controls that the kind has.
function kindFields() {
  const { type } = settings;
  const closed = isClosed();
  const fields = {
    alpha: () => [rangeField("alpha", "Alpha", 0, 1, 0.05)],
    tension: () => [rangeField("tension", "Tension", -1, 1, 0.05)],
    continuity: () => [rangeField("continuity", "Continuity", -1, 1, 0.05)],
    bias: () => [rangeField("bias", "Bias", -1, 1, 0.05)],
    ends: () => (closed ? [] : [choiceField("ends", "Ends", plain(["reflect"], "duplicate"))]),
    step: () => [choiceField("step", "Steps", plain(["before", "middle"], "after"))],
    method: () => [choiceField("method", "Method", plain(["steffen"], "pchip"))],
    boundary: () => (closed ? [] : [choiceField("boundary", "Boundary", plain(["clamped", "not-a-knot", "periodic"], "natural"))]),
    slopes: () => (closed || settings.boundary !== "clamped" ? [] : [textField("slopes", "Slopes at start; end", "0, 0; 0, 0")]),
    parameterization: () => {
      const names = ["uniform", "chordal", "centripetal", ...(closed ? [] : ["x"])];
      const usual = runByX.includes(type) && !closed ? "x" : "uniform";
      return [choiceField("parameterization", "Parameter", plain(names.filter((name) => name !== usual), usual))];
    },
    degree: () => [rangeField("degree", "Degree", 1, 5, 1)],
    knots: () => (closed ? [] : [choiceField("knots", "Knots", [["", "clamped-uniform"], ["uniform"], ["given", "as given"]]),
      ...(settings.knots === "given" ? [textField("knotList", "Knots, points + degree + 1 of them", "0, 0, 0, 0, 1, …")] : [])]),
    weights: () => {
      const point = plot.points[plot.chosen.index];
      return [rangeField("weights", `Weight of point ${plot.chosen.index + 1}`, 0.1, 10, 0.1,
        { value: point.weight, set: (weight) => { point.weight = weight; } })];
    },
    tangents: () => [make("p", { class: "quiet" }, "Small handles turn and stretch the tangents.")],
    lambda: () => [choiceField("lambda", "Lambda", [["", "auto: by cross-validation"], ["given", "as given"]]),
      ...(settings.lambda === "given" ? [rangeField("lambdaNumber", "Lambda", -2, 6, 0.1, {
        value: Math.log10(settings.lambdaNumber), text: (power) => brief(10 ** power),
        set: (power) => { settings.lambdaNumber = Number((10 ** power).toPrecision(3)); } })] : [])],
  };
  return kindOptions[type].flatMap((name) => fields[name]());
}

/// The controls of the sampling.
function samplingFields() {
  return {
    samplesPerSegment: () => [rangeField("samplesPerSegment", "Samples a segment", 1, 64, 1)],
    count: () => [numberField("count", "Points", { min: 2, max: 20_000, step: 1 }),
      choiceField("spacing", "Spaced evenly", [["", "in the parameter"], ["arc-length", "along the curve"]])],
    tolerance: () => [numberField("tolerance", "Tolerance", { min: 0.001, max: 50, step: "any" })],
    at: () => [isByX() ? textField("atX", "Values of x", "20, 30, 40") : textField("at", "Parameters", "0, 0.5, 1")],
  }[settings.sampling]();
}
