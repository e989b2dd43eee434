// Catenary's curves in a browser, or wherever there are ES modules and WebAssembly with SIMD. No dependency.
//
//   import { loadKernel } from "./spline.js";
//   const kernel = await loadKernel(fetch("spline-browser.wasm"));
//   const points = kernel.render({ type: "catmull-rom", points: [[0, 0], [1, 2], [3, 1]], samplesPerSegment: 16 });
//
// `points` is then a Float32Array, x0 y0 x1 y1 …, with the same bytes as Catenary's library and command line give.

/// What is wrong with a curve or with what is asked of it; `index` is the point, where there is one.
export class CurveError extends Error {
  constructor(message, index) {
    super(message);
    this.name = "CurveError";
    if (index !== undefined) this.index = index;
  }
}

// In the order of the kernel's enumerations.
const families = ["linear", "step", "catmull-rom", "cardinal", "kochanek-bartels", "hermite", "bezier",
  "quadratic-bezier", "cubic", "monotone", "akima", "makima", "b-spline", "nurbs", "interpolating-b-spline", "smoothing"];
const choices = {
  ends: ["duplicate", "reflect"],
  boundary: ["natural", "clamped", "not-a-knot", "periodic"],
  parameterization: ["uniform", "chordal", "centripetal", "x"],
  step: ["after", "before", "middle"],
  method: ["pchip", "steffen"],
  gaps: ["error", "break"],
  dtype: ["f32", "f64"],
  spacing: ["parameter", "arc-length"],
};
const samplings = ["samplesPerSegment", "count", "at", "tolerance"];

/// The options that each type has beside those of all.
export const kinds = {
  linear: ["parameterization"], step: ["step", "parameterization"], "catmull-rom": ["alpha", "tension", "ends"],
  cardinal: ["tension", "ends"], "kochanek-bartels": ["tension", "continuity", "bias", "ends"],
  hermite: ["tangents"], bezier: [], "quadratic-bezier": [],
  cubic: ["boundary", "slopes", "parameterization"], monotone: ["method", "parameterization"],
  akima: ["parameterization"], makima: ["parameterization"],
  "b-spline": ["degree", "knots"], nurbs: ["degree", "weights", "knots"],
  "interpolating-b-spline": ["degree", "parameterization"], smoothing: ["lambda", "parameterization"],
};
const common = ["type", "points", "dimensions", "closed", "gaps", ...samplings, "spacing", "derivative", "dtype"];
const mostPoints = 2 ** 31;
// Sizes and places in Sources/CurveKernel/Guest/GuestJob.swift.
const jobBytes = 136;
const jobNumbers = 40;
const jobScratch = 104;
const pieceBytes = 40;
// `Located`, and how many are drawn at a time; `GuestFlat`, `GuestArcs` and `ArcPanel`.
const placeBytes = 16;
const placesAtOnce = 256;
const guestBytes = 64;
const panelBytes = 40;

/// Compiles the kernel.
///
/// `source`: the bytes of spline-browser.wasm, a Response (of `fetch`) or a promise of one, a URL, or a compiled module.
export async function loadKernel(source) {
  let given = await source;
  if (typeof given === "string" || given instanceof URL) given = await fetch(given);
  let instance;
  if (given instanceof WebAssembly.Module) {
    instance = await WebAssembly.instantiate(given, {});
  } else {
    if (typeof Response !== "undefined" && given instanceof Response) {
      if (!given.ok) throw new Error(`the kernel could not be loaded from ${given.url}: status ${given.status}`);
      given = await given.arrayBuffer();
    }
    if (!WebAssembly.validate(given)) {
      throw new Error("these bytes are no WebAssembly module that runs here: give spline-browser.wasm, and an engine with SIMD");
    }
    ({ instance } = await WebAssembly.instantiate(given, {}));
  }
  return new Kernel(instance.exports);
}

class Kernel {
  #exports;
  #heap;

  constructor(exports) {
    const own = ["fit", "draw", "scratch_count", "entry_bytes", "flat_codes", "flat_count", "flat_places", "flat_reach",
      "arc_size", "arc_scale", "arc_panels", "arc_places"];
    for (const name of ["memory", "__heap_base", ...own.map((name) => `catenary_${name}`)]) {
      if (!(name in exports)) throw new Error(`this module exports no ${name}: give spline-browser.wasm of the same version as spline.js`);
    }
    this.#exports = exports;
    this.#heap = aligned(exports.__heap_base.value);
  }

  /// The points that `render` gives for the same options. A tolerance is measured for it, which takes longer than drawing.
  count(options) {
    const curve = read(options);
    return (curve.sampling === "tolerance" ? this.#flattened(curve).plan : planned(curve)).count;
  }

  /// The curve's samples, flat: a Float32Array, with `dtype: "f64"` a Float64Array. Throws `CurveError`.
  ///
  /// Options are those of the command line, in camel case: `type`, `points` (arrays of 1 to 4 numbers, numbers, or a
  /// flat typed array with `dimensions`), `closed`, one of `samplesPerSegment` (16), `count` (with `spacing`: "parameter"
  /// or "arc-length"), `tolerance` and `at`, `derivative`, `gaps`, `dtype`, and what belongs to the type (`kinds`).
  render(options) {
    const curve = read(options);
    const { drawn, plan, layout, fill } = isPlaced(curve) ? this.#placed(curve) : this.#sampled(curve);
    const { dimensions: d, Numbers } = drawn;
    const size = d * Numbers.BYTES_PER_ELEMENT;
    this.#reserve(layout.end + plan.count * size);
    const result = new Numbers(this.#exports.memory.buffer, layout.end, plan.count * d);
    for (const { piece, first, count, place } of plan.parts) {
      const out = layout.end + place * size;
      if (piece === undefined) {
        result.fill(NaN, place * d, (place + count) * d);
      } else if (fill === undefined) {
        this.#call("catenary_draw", drawn, layout.pieces + piece * pieceBytes, first, count, out, layout.places);
      } else {
        for (let done = 0; done < count; done += placesAtOnce) {
          const some = Math.min(placesAtOnce, count - done);
          fill(layout.places, piece, done, some);
          this.#call("catenary_draw", drawn, layout.pieces + piece * pieceBytes, 0, some, out + done * size, layout.places);
        }
      }
    }
    // A copy; doubles that stand for floats are rounded in it.
    return curve.Numbers.from(result);
  }

  #sampled(curve) {
    const plan = planned(curve);
    return { drawn: curve, plan, layout: this.#fit(curve, this.#heap, plan.parameters) };
  }

  /// A curve with samples whose places are found first.
  ///
  /// Answers what is `drawn`, its `plan` and `layout`, and `fill`, which writes the places of some points of a piece. It is
  /// called for all points in order.
  #placed(curve) {
    return curve.sampling === "tolerance" ? this.#flattened(curve) : this.#spaced(curve);
  }

  /// As Sources/CurveKernel/Curve/Flattened.swift does it: a Float table where it can be, else one of Double whose points are
  /// rounded at the end.
  #flattened(curve) {
    const { tolerance, isDouble } = curve;
    const isStep = curve.type === "step";
    let drawn = { ...(isStep ? staircase(curve) : curve), derivative: 0 };
    let layout = this.#fit(drawn, this.#heap);
    let flats = this.#flats(drawn, layout, { tolerance, base: 0, drawing: isDouble ? 1 : 0 });
    if (flats === undefined) {
      drawn = asDouble(drawn, drawn.dimensions);
      layout = this.#fit(drawn, this.#heap);
      const reach = this.#reach(drawn, layout);
      const base = isDouble ? 0 : lostToFloat(reach.coordinates);
      const least = (base + reach.inner) * 1.002;
      if (!isDouble && tolerance > least) flats = this.#flats(drawn, layout, { tolerance, base, drawing: 2 });
      if (flats === undefined) throw tooFine(curve, Math.max(...reach.coordinates), least);
    }
    const fill = (places, piece, first, count) => this.#call("catenary_flat_places", drawn, flats.at + guestBytes * piece, places, count);
    layout.end = flats.end;
    if (curve.derivative === 0) return { drawn, plan: planned(drawn, flats.counts), layout, fill };
    const own = this.#fit(curve, layout.end);
    if (!isStep) return { drawn: curve, plan: planned(curve, flats.counts), layout: own, fill };
    // The staircase has no slope: the derivatives of its corners are the steps'.
    const counts = curve.pieces.map(({ segments }) => (segments === 0 ? 1 : 2 * segments + (curve.step === 2 ? 2 : 1)));
    const fillSteps = (places, piece, first, count) => {
      for (let i = 0; i < count; i += 1) {
        const corner = first + i;
        const segment = curve.step === 1 ? Math.floor(corner / 2) : Math.max(0, Math.floor((corner - 1) / 2));
        this.#setPlace(places, i, corner === counts[piece] - 1 ? curve.pieces[piece].segments : segment, 0);
      }
    };
    return { drawn: curve, plan: planned(curve, counts), layout: own, fill: fillSteps };
  }

  /// Every piece as a `GuestFlat` with its codes, behind a layout; undefined when rounding takes too much of the tolerance.
  #flats(curve, layout, { tolerance, base, drawing }) {
    const at = layout.end;
    let end = aligned(at + guestBytes * curve.pieces.length);
    const codes = curve.pieces.map(({ segments }) => {
      const start = end;
      end = aligned(end + segments * curve.halves);
      return start;
    });
    this.#reserve(end);
    const bytes = new DataView(this.#exports.memory.buffer);
    const known = (number) => {
      if (number < -1) throw otherVersion();
      return number;
    };
    let many = 0;
    for (let i = 0; i < curve.pieces.length; i += 1) {
      const flat = at + guestBytes * i;
      [tolerance, base, 0, 0].forEach((number, k) => bytes.setFloat64(flat + 8 * k, number, true));
      [0, 0, layout.pieces + pieceBytes * i, codes[i], drawing, 0].forEach((number, k) => bytes.setUint32(flat + 32 + 4 * k, number, true));
      const found = known(this.#exports.catenary_flat_codes(flat));
      if (found < 0) return undefined;
      many += found;
    }
    if (!(many < mostPoints * 1.25)) throw tooMany(Math.trunc(many));
    const counts = curve.pieces.map((_, i) => known(this.#exports.catenary_flat_count(at + guestBytes * i)));
    if (counts.includes(-1)) {
      // A Float table has a coarser grid.
      if (!curve.isDouble) return undefined;
      throw weightsTooFar(curve.extra.slice(0, curve.flat.length / curve.dimensions), true);
    }
    return { at, counts, end };
  }

  /// How far a curve goes: `FlatReach`.
  #reach(curve, layout) {
    const [flat, reach] = [layout.end, layout.end + guestBytes];
    this.#reserve(reach + guestBytes);
    const bytes = new DataView(this.#exports.memory.buffer);
    // In the points' own units: what is lost does not depend on the tolerance.
    [1, 0, 0, 0].forEach((number, k) => bytes.setFloat64(flat + 8 * k, number, true));
    for (let k = 0; k < 5; k += 1) bytes.setFloat64(reach + 8 * k, 0, true);
    curve.pieces.forEach((_, i) => {
      [0, 0, layout.pieces + pieceBytes * i, 0, 1, 0].forEach((number, k) => bytes.setUint32(flat + 32 + 4 * k, number, true));
      this.#call("catenary_flat_reach", curve, flat, reach);
    });
    const numbers = [0, 1, 2, 3, 4].map((k) => bytes.getFloat64(reach + 8 * k, true));
    return { coordinates: numbers.slice(0, 4), inner: numbers[4] };
  }

  /// As Sources/CurveKernel/Curve/EvenDistances.swift does it: measured in Double with rows of four lanes, drawn as it is.
  #spaced(curve) {
    const isStep = curve.type === "step";
    const drawn = isStep && curve.derivative === 0 ? staircase(curve) : curve;
    const steps = isStep && curve.derivative > 0 ? stairArcs(curve) : undefined;
    const measured = asDouble({ ...(steps?.curve ?? drawn), derivative: 0 }, 4);
    const own = this.#fit(measured, this.#heap, undefined, steps?.tables);
    const { at, end } = this.#arcs(measured, own);
    const layout = this.#fit(drawn, end);
    const fill = (places, piece, first, count) => {
      this.#call("catenary_arc_places", measured, at + guestBytes * piece, first, places, count);
      for (let i = 0; i < count && steps !== undefined; i += 1) {
        const bytes = new DataView(this.#exports.memory.buffer, places + placeBytes * i, placeBytes);
        this.#setPlace(places, i, ...steps.place(piece, bytes.getInt32(0, true), bytes.getFloat64(8, true)));
      }
    };
    return { drawn, plan: planned(drawn), layout, fill };
  }

  /// Every piece as a `GuestArcs` with its panels, behind a layout.
  #arcs(curve, layout) {
    const unit = layout.end;
    const at = unit + guestBytes;
    let end = aligned(at + guestBytes * curve.pieces.length);
    this.#reserve(end);
    const view = () => new DataView(this.#exports.memory.buffer);
    view().setFloat64(unit, 0, true);
    view().setFloat64(unit + 8, 0, true);
    curve.pieces.forEach((_, i) => this.#call("catenary_arc_size", curve, layout.pieces + pieceBytes * i, unit));
    curve.pieces.forEach((piece, i) => {
      this.#call("catenary_arc_scale", curve, layout.pieces + pieceBytes * i, unit);
      const arcs = at + guestBytes * i;
      let [room, found] = [2 * curve.halves * piece.segments, 0];
      for (;;) {
        this.#reserve(end + panelBytes * room);
        view().setFloat64(arcs, 0, true);
        [layout.pieces + pieceBytes * i, end, room, 0, curve.steps - 1, 0].forEach((number, k) => view().setUint32(arcs + 8 + 4 * k, number, true));
        this.#call("catenary_arc_panels", curve, arcs);
        found = view().getInt32(arcs + 20, true);
        if (found <= room) break;
        room = found;
      }
      end = aligned(end + panelBytes * found);
    });
    return { at, end };
  }

  #setPlace(places, index, segment, u) {
    const bytes = new DataView(this.#exports.memory.buffer, places + placeBytes * index, placeBytes);
    bytes.setInt32(0, segment, true);
    bytes.setFloat64(8, u, true);
  }

  #call(name, curve, ...numbers) {
    const status = this.#exports[name](...numbers);
    if (status === 1) {
      throw new CurveError(curve.isDouble
        ? "the curve leaves the range of f64: scale the points down"
        : "the curve leaves the range of f32: ask for f64, or scale the points down");
    }
    if (status !== 0) throw otherVersion();
  }

  /// Fits a curve, or takes its tables as they are given, from an address on: where everything lies, each part on a multiple of
  /// 64 bytes. From `end` on memory is free.
  #fit(curve, start, parameters = new Float64Array(0), tables = undefined) {
    let end = start;
    const place = (bytes) => {
      const start = end;
      end = aligned(end + bytes);
      return start;
    };
    const entry = this.#exports.catenary_entry_bytes(curve.block);
    const layout = {
      job: place(jobBytes), pieces: place(pieceBytes * curve.pieces.length), points: place(8 * curve.flat.length),
      extra: place(8 * curve.extra.length), parameters: place(8 * parameters.length), places: place(placeBytes * placesAtOnce),
      blockCount: 4 * curve.dimensions * entries(curve) * Math.min(64, curve.longest + 1),
    };
    layout.block = place(8 * layout.blockCount);
    layout.tables = curve.pieces.map((piece) => place(entry * entries(curve) * (piece.segments * curve.halves + 1)));
    layout.end = end;
    this.#reserve(end);
    write(new DataView(this.#exports.memory.buffer), curve, parameters, layout);
    if (tables === undefined) {
      // What the fit works in is free afterwards.
      const scratchCount = this.#exports.catenary_scratch_count(layout.job, curve.longest);
      if (scratchCount < 0) throw otherVersion();
      this.#reserve(end + 8 * scratchCount);
      const bytes = new DataView(this.#exports.memory.buffer);
      bytes.setUint32(layout.job + jobScratch, end, true);
      bytes.setInt32(layout.job + jobScratch + 4, scratchCount, true);
      this.#call("catenary_fit", curve, layout.job);
    } else {
      tables.forEach((table, i) => new Float64Array(this.#exports.memory.buffer, layout.tables[i], table.length).set(table));
    }
    return layout;
  }

  #reserve(end) {
    const missing = end - this.#exports.memory.buffer.byteLength;
    if (missing <= 0) return;
    const bytes = `${Math.ceil(end / 2 ** 20)} MiB`;
    if (end > 2 ** 32) throw new CurveError(`this rendering takes ${bytes}, the kernel has 4096 MiB: take fewer samples at a time`);
    try {
      this.#exports.memory.grow(Math.ceil(missing / 65536));
    } catch {
      throw new CurveError(`there is no memory for this rendering, ${bytes}: take fewer samples at a time`);
    }
  }
}

function otherVersion() { return new Error("the kernel does not know this curve: its module is of another version"); }

function aligned(n) { return Math.ceil(n / 64) * 64; }

// Options to numbers, checked as the library checks them.

function read(options) {
  if (options === null || typeof options !== "object") throw new CurveError("give an object: { points: [[0, 0], [1, 2], …] }");
  const type = options.type ?? "catmull-rom";
  if (!(type in kinds)) throw new CurveError(`there is no type ${type}: choose ${Object.keys(kinds).join(", ")}`);
  for (const name of Object.keys(options)) {
    if (options[name] === undefined || common.includes(name) || kinds[type].includes(name)) continue;
    const owners = Object.keys(kinds).filter((kind) => kinds[kind].includes(name));
    throw new CurveError(owners.length > 0
      ? `${name} does not belong to ${type} but to ${owners.join(", ")}: leave it out`
      : `there is no option ${name}: ${type} takes ${[...common, ...kinds[type]].join(", ")}`);
  }
  const curve = { type, isClosed: options.closed === true, ...coordinates(options) };
  curve.isDouble = choice(options, "dtype") === 1;
  curve.Numbers = curve.isDouble ? Float64Array : Float32Array;
  curve.block = curve.dimensions - 1 + (curve.isDouble ? 4 : 0);
  curve.derivative = options.derivative ?? 0;
  if (![0, 1, 2].includes(curve.derivative)) throw new CurveError(`derivative is ${curve.derivative}: give 0 (positions), 1 or 2`);
  for (const name of ["alpha", "tension", "continuity", "bias"]) {
    curve[name] = options[name] ?? 0;
    if (!Number.isFinite(curve[name])) throw new CurveError(`${name} is ${curve[name]}: give a finite number`);
  }
  if (curve.alpha < 0 || curve.alpha > 1) throw new CurveError(`alpha is ${curve.alpha}: give 0 (uniform) to 1 (chordal)`);
  for (const name of ["ends", "step", "method"]) curve[name] = choice(options, name);
  readParameter(options, curve);
  readSpline(options, curve);
  curve.pieces = pieces(options, curve);
  curve.longest = Math.max(...curve.pieces.map((piece) => piece.count));
  curve.extra = extra(options, curve);
  readSampling(options, curve);
  return curve;
}

function choice(options, name) {
  const given = options[name] ?? choices[name][0];
  const index = choices[name].indexOf(given);
  if (index < 0) throw new CurveError(`${name} is ${given}: give ${choices[name].join(", ")}`);
  return index;
}

/// Points as one flat array of doubles.
function coordinates({ points, dimensions }) {
  if (ArrayBuffer.isView(points) && !(points instanceof DataView)) {
    const d = dimensions ?? 2;
    if (![1, 2, 3, 4].includes(d)) throw new CurveError(`points of ${d} dimensions: send 1 to 4 coordinates a point`);
    if (points.length % d !== 0) throw new CurveError(`${points.length} numbers are no whole points of ${d} coordinates: check the dimensions`);
    if (points.length === 0) throw new CurveError("there is no point: send at least 2");
    return { flat: Float64Array.from(points), dimensions: d };
  }
  if (!Array.isArray(points)) throw new CurveError("points is missing: give an array of points, [[x, y], …], or a typed array");
  if (points.length === 0) throw new CurveError("there is no point: send at least 2");
  const first = points.find((point) => point !== null);
  const d = dimensions ?? (Array.isArray(first) ? first.length : 1);
  if (![1, 2, 3, 4].includes(d)) throw new CurveError(`points of ${d} dimensions: send 1 to 4 coordinates a point`);
  const flat = new Float64Array(points.length * d);
  points.forEach((point, i) => {
    const row = point === null ? Array(d).fill(NaN) : Array.isArray(point) || ArrayBuffer.isView(point) ? point : [point];
    if (row.length !== d) throw new CurveError(`point ${i} has ${row.length} coordinates, those before it ${d}: give each ${d}`, i);
    for (let k = 0; k < d; k += 1) {
      const number = row[k] === null ? NaN : row[k];
      if (typeof number !== "number") throw new CurveError(`point ${i} has a coordinate that is no number`, i);
      flat[i * d + k] = number;
    }
  });
  return { flat, dimensions: d };
}

function readParameter(options, curve) {
  const { type, dimensions, isClosed } = curve;
  const runsByX = ["monotone", "akima", "makima", "smoothing"].includes(type) && dimensions > 1 && !isClosed;
  curve.parameterization = options.parameterization === undefined ? (runsByX ? 3 : 0) : choice(options, "parameterization");
  curve.isByX = curve.parameterization === 3;
  if (curve.isByX && dimensions === 1) throw new CurveError("parameterization x needs points of 2 to 4 coordinates: 1-D points run by uniform");
  if (curve.isByX && isClosed) throw new CurveError("parameterization x cannot be closed, since x must increase: choose uniform or chordal");
  curve.boundary = choice(options, "boundary");
  if (isClosed && ["interpolating-b-spline", "smoothing"].includes(type)) throw new CurveError(`closed does not belong to ${type}: leave it out`);
  if (type === "cubic" && isClosed) {
    if (options.boundary !== undefined && options.boundary !== "periodic") throw new CurveError("boundary of a closed curve is periodic: leave it out");
    curve.boundary = 3;
  }
  curve.isPeriodic = type === "cubic" && curve.boundary === 3;
}

/// What runs a B-spline: degree, and knots by name or number.
function readSpline(options, curve) {
  curve.isSpline = curve.type === "b-spline" || curve.type === "nurbs";
  curve.degree = options.degree ?? 3;
  curve.knots = 0;
  curve.breaks = [];
  curve.family = families.indexOf(curve.type);
  curve.halves = 1;
  curve.lambda = 0;
  const { degree: p, isClosed } = curve;
  if (![1, 2, 3, 4, 5].includes(p)) throw new CurveError(`degree is ${p}: give a whole number from 1 to 5`);
  if (curve.type === "smoothing") {
    // Choosing one by cross-validation is the library's and the command line's.
    if (!(options.lambda >= 0 && Number.isFinite(options.lambda))) throw new CurveError(`lambda is ${options.lambda}: give 0 (interpolate) or more; catenary render --lambda auto tells a good one`);
    curve.lambda = options.lambda;
  }
  if (curve.type === "interpolating-b-spline") {
    // Degree 1 is the polyline, degree 3 the not-a-knot cubic; the knots of even degrees lie half-way between points.
    if (p === 1 || p === 3) curve.family = families.indexOf(p === 1 ? "linear" : "cubic");
    curve.boundary = 2;
    curve.halves = p % 2 === 0 ? 2 : 1;
  }
  if (!curve.isSpline) return;
  const given = options.knots ?? "clamped-uniform";
  curve.knots = ["clamped-uniform", "uniform"].indexOf(given);
  if (curve.knots === 0 && isClosed && options.knots !== undefined) throw new CurveError("knots of a closed curve are uniform: leave them out, or leave closed out");
  if (curve.knots >= 0) return;
  if (typeof given === "string") throw new CurveError(`knots is ${given}: give clamped-uniform, uniform, or an array of numbers`);
  if (isClosed) throw new CurveError("knots of a closed curve are uniform: leave them out, or leave closed out");
  curve.knots = 2;
  const n = curve.flat.length / curve.dimensions;
  if (n <= p) return;
  if (given.length !== n + p + 1) throw new CurveError(`${given.length} knots for ${n} points of degree ${p}: give points + degree + 1, ${n + p + 1}`);
  given.forEach((knot, i) => {
    if (!Number.isFinite(knot)) throw new CurveError(`knot ${i} is ${knot}: give finite numbers`);
    if (i > 0 && given[i - 1] > knot) throw new CurveError(`knot ${i} (${knot}) is less than the one before it (${given[i - 1]}): give knots that do not fall`);
  });
  if (!Number.isFinite(given[n + p] - given[0])) throw new CurveError("the curve leaves the range of f64: scale the points down");
  const [first, last] = [given[p], given[n]];
  if (first === last) throw new CurveError(`the knots leave the curve no length: it runs from knot ${p} to the last but ${p}, both ${first}`);
  curve.breaks = [first];
  let repeats = 0;
  given.forEach((knot, i) => {
    repeats = i > 0 && given[i - 1] === knot ? repeats + 1 : 1;
    const isInside = knot > first && knot < last;
    const most = isInside ? p : p + 1;
    if (repeats > most) throw new CurveError(`knot ${i} repeats ${knot} once too often: at most ${most} times here, or the curve would break`);
    if (repeats === 1 && isInside) curve.breaks.push(knot);
  });
  curve.breaks.push(last);
}

/// Entries of the segment table that make one polynomial.
function entries(curve) {
  if (curve.type === "nurbs") return 3;
  return ["b-spline", "interpolating-b-spline"].includes(curve.type) && curve.degree > 3 ? 2 : 1;
}

/// The parameter at which a piece begins, where every segment is one long.
function origin(curve, piece) {
  return piece.first + (curve.isSpline && curve.knots === 1 && !curve.isClosed ? curve.degree : 0);
}

/// The curves between the gaps.
function pieces(options, curve) {
  const { flat, dimensions: d, isClosed } = curve;
  const breaks = choice(options, "gaps") === 1;
  const total = flat.length / d;
  const found = [];
  let first = 0;
  for (let i = 0; i <= total; i += 1) {
    let isGap = i === total;
    for (let k = i * d; k < (i + 1) * d && !isGap; k += 1) {
      if (Number.isFinite(flat[k])) continue;
      if (!Number.isNaN(flat[k])) throw new CurveError(`point ${i} has an infinite coordinate: drop it or replace it`, i);
      if (!breaks) throw new CurveError(`point ${i} has a NaN coordinate: drop it, or set gaps to break`, i);
      if (isClosed) throw new CurveError(`gaps break cannot be closed: point ${i} is a gap; leave closed out`, i);
      isGap = true;
    }
    if (!isGap) continue;
    if (first < i) found.push({ first, count: i - first });
    first = i + 1;
  }
  if (found.length === 0) throw new CurveError("there is no point: send at least 2");
  if (curve.breaks.length > 0 && (found.length > 1 || found[0].count < total)) {
    throw new CurveError("knots cannot run over gaps: leave them out, or send each curve by itself");
  }
  for (const piece of found) checkPiece(curve, piece, found.length === 1);
  return found;
}

function checkPiece(curve, piece, isAlone) {
  const { type, flat, dimensions: d, isClosed } = curve;
  const { first, count } = piece;
  const place = first === 0 ? "" : ` in the piece that begins at point ${first}`;
  piece.segments = 0;
  if (count === 1 && !isAlone) return;
  const needed = type === "bezier" ? (isClosed ? 3 : 4) : type === "quadratic-bezier" ? (isClosed ? 2 : 3)
    : curve.isSpline ? (isClosed ? Math.max(curve.degree, 2) : curve.degree + 1) : type === "interpolating-b-spline" ? curve.degree + 1 : curve.isPeriodic && !isClosed ? 3 : 2;
  if (count < needed) throw new CurveError(`${type} needs at least ${needed} points, got ${count}${place}: add points or choose another type`);
  const step = type === "bezier" ? 3 : type === "quadratic-bezier" ? 2 : 1;
  if (count % step !== (isClosed ? 0 : 1 % step)) {
    throw new CurveError(`${type} needs ${step}k${isClosed ? "" : " + 1"} points, got ${count}${place}: add or drop control points`);
  }
  piece.segments = curve.breaks.length > 0 ? curve.breaks.length - 1
    : curve.isSpline ? (isClosed ? count : count - curve.degree) : (isClosed ? count : count - 1) / step;
  const [start, end] = [first * d, (first + count - 1) * d];
  if (curve.isByX) {
    for (let i = start + d; i <= end; i += d) {
      if (!(flat[i - d] < flat[i])) throw new CurveError(`x at point ${i / d} does not increase: sort by x and merge points of equal x`, i / d);
    }
    if (!Number.isFinite(flat[end] - flat[start])) throw new CurveError("the curve leaves the range of f64: scale the points down");
  }
  if (curve.isPeriodic && !isClosed) {
    for (let k = curve.isByX ? 1 : 0; k < d; k += 1) {
      if (flat[start + k] === flat[end + k]) continue;
      const what = curve.isByX ? "ordinate" : "point";
      throw new CurveError(`point ${first + count - 1} does not repeat the first ${what}, as periodic asks: repeat it, or close the curve`, first + count - 1);
    }
  }
}

/// The tangents of a Hermite curve, the end slopes of a clamped one.
function extra(options, curve) {
  const { type, flat, dimensions: d } = curve;
  if (type === "hermite") {
    const tangents = options.tangents ?? [];
    if (tangents.length !== flat.length / d) throw new CurveError(`${tangents.length} tangents for ${flat.length / d} points: give one a point`);
    tangents.forEach((tangent, i) => {
      if (tangent.length !== d) throw new CurveError(`the tangent of point ${i} has ${tangent.length} numbers: give ${d}, one a coordinate`, i);
    });
    return Float64Array.from(tangents.flat());
  }
  if (curve.isSpline) return Float64Array.from([...weights(options, curve), ...(curve.knots === 2 ? options.knots : []), ...curve.breaks]);
  if (options.slopes !== undefined && curve.boundary !== 1) throw new CurveError("slopes belongs to boundary clamped: give that, too, or leave it out");
  if (type !== "cubic" || curve.boundary !== 1) return new Float64Array(0);
  const given = options.slopes ?? [[], []];
  if (given.length !== 2) throw new CurveError(`slopes has ${given.length} rows: give two, the slope at the start and the one at the end`);
  return Float64Array.from(given.flatMap((slope) => {
    if (!slope.every(Number.isFinite)) throw new CurveError("slopes: give finite numbers");
    if (slope.length === 0) return [curve.isByX ? 1 : 0, ...Array(d - 1).fill(0)];
    if (slope.length === d) {
      if (curve.isByX && slope[0] !== 1) throw new CurveError(`slopes is ${slope[0]}: give per unit of x: 1 as the first number of a slope, or leave it out`);
      return slope;
    }
    if (curve.isByX && slope.length === d - 1) return [1, ...slope];
    throw new CurveError(`an end slope has ${slope.length} numbers: give ${d}, one a coordinate, at both ends`);
  }));
}

/// One weight a point, of rational curves alone.
function weights(options, curve) {
  if (curve.type !== "nurbs") return [];
  const n = curve.flat.length / curve.dimensions;
  const given = options.weights ?? [];
  if (given.length === 0) return Array(n).fill(1);
  if (given.length !== n) throw new CurveError(`${given.length} weights for ${n} points: give one a point`);
  given.forEach((weight, i) => {
    if (!(weight > 0 && Number.isFinite(weight))) throw new CurveError(`weight ${i} is ${weight}: give finite numbers above 0`);
  });
  const [least, most] = extent(given);
  // Lengths are proven for weights within 2^16.
  const isMeasured = choice(options, "spacing") === 1;
  if (!(most / least <= (isMeasured ? 2 ** 16 : 2 ** 96))) throw weightsTooFar(given, isMeasured && most / least <= 2 ** 96);
  return given;
}

/// The least and the largest of many numbers.
function extent(numbers) {
  let [least, most] = [Infinity, -Infinity];
  for (const number of numbers) [least, most] = [Math.min(least, number), Math.max(most, number)];
  return [least, most];
}

/// `CurveError.weightsTooFar`.
function weightsTooFar(weights, isMeasured) {
  const [least, most] = extent(weights);
  return new CurveError(`weights from ${least} to ${most} are too far apart${isMeasured
    ? " to measure or flatten the curve: give such as differ by 65536 at most" : ": give such as differ by 10^28 at most"}`);
}

function readSampling(options, curve) {
  const given = samplings.filter((name) => options[name] !== undefined);
  if (given.length > 1) throw new CurveError(`${given.join(" and ")} are two samplings: give one`);
  curve.sampling = given[0] ?? "samplesPerSegment";
  curve.isEven = choice(options, "spacing") === 1;
  if (options.spacing !== undefined && curve.sampling !== "count") throw new CurveError("spacing belongs to count: give that, too, or leave it out");
  if (curve.sampling === "tolerance") {
    curve.tolerance = options.tolerance;
    if (!(curve.tolerance > 0 && Number.isFinite(curve.tolerance))) throw new CurveError(`tolerance is ${curve.tolerance}: give a finite number above 0`);
    return;
  }
  if (curve.sampling === "at") {
    curve.at = Float64Array.from(options.at);
    if (curve.at.length === 0) throw new CurveError("at is empty: give one parameter or more");
    return;
  }
  curve.steps = options[curve.sampling] ?? 16;
  const smallest = curve.sampling === "count" ? 2 : 1;
  if (!Number.isInteger(curve.steps) || curve.steps < smallest || curve.steps > mostPoints) {
    throw new CurveError(`${curve.sampling} is ${curve.steps}: give ${smallest} to ${mostPoints}`);
  }
}

// Which samples there are, and which piece draws them.

/// The plan of a curve; `counts`: points of each piece, where they are known already.
function planned(curve, counts) {
  if (curve.sampling === "at") return { count: curve.at.length, parameters: curve.at, parts: runs(curve) };
  const parts = [];
  let count = 0;
  curve.pieces.forEach((piece, index) => {
    if (index > 0) {
      parts.push({ place: count, count: 1 });
      count += 1;
    }
    const own = counts !== undefined ? counts[index] : curve.sampling === "count" ? (piece.segments === 0 ? 1 : curve.steps) : piece.segments * curve.steps + 1;
    parts.push({ piece: index, first: 0, count: own, place: count });
    count += own;
    if (count > mostPoints) throw tooMany(count);
  });
  return { count, parameters: new Float64Array(0), parts };
}

/// Runs of parameters on the same piece; in a gap there is no curve.
function runs(curve) {
  const { flat, dimensions: d } = curve;
  const bounds = curve.pieces.map((piece) => {
    const { first, count, segments } = piece;
    if (curve.breaks.length > 0) return [curve.breaks[0], curve.breaks[segments]];
    const start = origin(curve, piece);
    return curve.isByX ? [flat[first * d], flat[(first + count - 1) * d]] : [start, start + segments];
  });
  const [low, high] = [bounds[0][0], bounds[bounds.length - 1][1]];
  const parts = [];
  curve.at.forEach((t, i) => {
    if (!(t >= low && t <= high)) throw new CurveError(`parameter ${i} (${t}) is outside the curve: give ${low} to ${high}`, i);
    let [index, above] = [0, bounds.length];
    while (above - index > 1) {
      const middle = (index + above) >> 1;
      if (bounds[middle][0] <= t) index = middle; else above = middle;
    }
    const piece = t <= bounds[index][1] ? index : undefined;
    const last = parts[parts.length - 1];
    if (last !== undefined && last.piece === piece) last.count += 1;
    else parts.push({ piece, first: i, count: 1, place: i });
  });
  return parts;
}

/// Whether the places of samples are found before they are drawn.
function isPlaced(curve) { return curve.sampling === "tolerance" || curve.isEven; }

/// The same curve in Double, with rows of so many lanes.
function asDouble(curve, lanes) { return { ...curve, isDouble: true, Numbers: Float64Array, block: lanes + 3 }; }

/// The corners of a step curve, as Sources/CurveKernel/Curve/Stairs.swift tells them, as a curve of straight lines.
function staircase(curve) {
  const { flat, dimensions: d, step } = curve;
  const corners = [];
  for (const { first, count, segments } of curve.pieces) {
    if (corners.length > 0) corners.push(...Array(d).fill(NaN));
    const point = (i) => flat.slice((first + (i % count)) * d, (first + (i % count) + 1) * d);
    if (step !== 1 || segments === 0) corners.push(...point(0));
    for (let i = 0; i < segments; i += 1) {
      const [x0, x1] = [point(i)[0], point(i + 1)[0]];
      for (const corner of [point(i), point(i + 1)]) {
        if (d > 1) corner[0] = step === 0 ? x1 : step === 1 ? x0 : 0.5 * x0 + 0.5 * x1;
        corners.push(...corner);
      }
    }
    if (step !== 0 && segments > 0) corners.push(...point(segments));
  }
  const { sampling, isEven } = curve;
  return read({
    type: "linear", points: Float64Array.from(corners), dimensions: d, gaps: curve.pieces.length > 1 ? "break" : "error",
    dtype: choices.dtype[curve.isDouble ? 1 : 0], [sampling]: sampling === "tolerance" ? curve.tolerance : curve.steps,
    spacing: isEven ? "arc-length" : undefined,
  });
}

/// A step curve's runs and jumps as arcs of a table with four lanes, as Sources/CurveKernel/Curve/Staircase.swift tells them, and
/// the place on the step curve of an arc's u.
function stairArcs(curve) {
  const { flat, dimensions: d, step } = curve;
  const each = step === 2 ? 3 : 2;
  const tables = curve.pieces.map(({ first, count, segments }) => {
    const table = new Float64Array(16 * (each * segments + 1));
    const point = (i) => Float64Array.from({ length: 4 }, (_, k) => (k < d ? flat[(first + (i % count)) * d + k] : 0));
    let next = 0;
    const line = (from, to) => {
      table.set(to.map((x, k) => x - from[k]), next);
      table.set(from, next + 12);
      next += 16;
    };
    for (let i = 0; i < segments; i += 1) {
      const [from, to] = [point(i), point(i + 1)];
      const at = (share, value) => {
        const corner = value.slice();
        if (d > 1) corner[0] = share === 0 ? from[0] : share === 1 ? to[0] : from[0] + 0.5 * (to[0] - from[0]);
        return corner;
      };
      const way = step === 0 ? [from, at(1, from), to] : step === 1 ? [from, at(0, to), to] : [from, at(0.5, from), at(0.5, to), to];
      for (let k = 1; k < way.length; k += 1) line(way[k - 1], way[k]);
    }
    table.set(point(curve.isClosed ? 0 : count - 1), next + 12);
    return table;
  });
  const place = (piece, arc, u) => {
    const { segments } = curve.pieces[piece];
    if (arc === each * segments) return [segments, 0];
    const [segment, part] = [Math.floor(arc / each), arc % each];
    if (step === 0) return part === 0 ? [segment, u] : [segment + 1, 0];
    if (step === 1) return [segment, part === 0 ? 0 : u];
    return [segment, part === 0 ? 0.5 * u : part === 1 ? 0.5 : 0.5 + 0.5 * u];
  };
  const pieces = curve.pieces.map((piece) => ({ ...piece, segments: each * piece.segments }));
  return { tables, place, curve: { ...curve, type: "linear", family: 0, pieces } };
}

function tooMany(count) { return new CurveError(`${count} points asked for: at most ${mostPoints} (2^31), take fewer samples`); }

/// `CurveError.toleranceTooFine`.
function tooFine(curve, largest, least) {
  const step = curve.isDouble ? 2 ** (Math.max(exponent(largest), -1022) - 52) : 2 * halfUlpOfFloat(largest);
  return new CurveError(`tolerance is ${curve.tolerance}: at coordinates up to ${largest}, ${curve.isDouble ? "f64" : "f32"} tells ${step} apart; `
    + `${curve.isDouble ? "" : "ask for f64, "}subtract an origin from the points, or give ${twoDigits(least)} or more`);
}

/// What rounding a point to Float moves it by, at most: half an ulp in each coordinate.
function lostToFloat(coordinates) {
  const unit = halfUlpOfFloat(Math.max(...coordinates));
  let square = 0;
  for (const x of coordinates) if (x > 0) square += (halfUlpOfFloat(x) / unit) ** 2;
  return unit * Math.sqrt(square);
}

function halfUlpOfFloat(x) { return 2 ** (Math.max(exponent(x), -126) - 24); }

/// The binary exponent of a positive number; −1023 below the normal ones.
function exponent(x) {
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setFloat64(0, x);
  return ((bytes.getUint32(0) >>> 20) & 0x7ff) - 1023;
}

/// The next larger number of two digits.
function twoDigits(x) {
  let [power, rest] = [0, x];
  if (!(x > 0 && Number.isFinite(x))) return x;
  while (rest >= 100) [power, rest] = [power + 1, rest / 10];
  while (rest < 10) [power, rest] = [power - 1, rest * 10];
  return Number(`${Math.ceil(rest)}e${power}`);
}

/// Job, pieces and numbers as Sources/CurveKernel/Guest/GuestJob.swift reads them.
function write(bytes, curve, parameters, layout) {
  const { job } = layout;
  [curve.alpha, curve.tension, curve.continuity, curve.bias, curve.lambda].forEach((number, i) => bytes.setFloat64(job + 8 * i, number, true));
  const isStep = curve.type === "step" && curve.derivative === 0;
  const basis = isStep ? curve.step : curve.type === "nurbs" ? 4 + curve.derivative : entries(curve) === 2 ? 3 : 0;
  [
    curve.family, curve.ends, curve.boundary, curve.parameterization, curve.step, curve.method,
    curve.isClosed ? 1 : 0, curve.dimensions, curve.block, curve.derivative, basis,
    isPlaced(curve) ? 3 : samplings.indexOf(curve.sampling),
    curve.sampling === "at" || isPlaced(curve) ? 1 : curve.sampling === "count" ? curve.steps - 1 : curve.steps,
    parameters.length, layout.pieces, curve.pieces.length, 0, 0, layout.block, layout.blockCount, layout.parameters,
    curve.degree, curve.knots, 0,
  ].forEach((number, i) => bytes.setUint32(job + jobNumbers + 4 * i, number, true));
  curve.pieces.forEach((piece, i) => {
    const place = layout.pieces + pieceBytes * i;
    const { dimensions: d } = curve;
    // Tangents and weights go with the points, all else with the curve.
    const each = curve.type === "hermite" ? d : curve.type === "nurbs" && curve.knots !== 2 ? 1 : 0;
    bytes.setFloat64(place, origin(curve, piece), true);
    [
      layout.points + 8 * d * piece.first, piece.count, layout.extra + 8 * each * piece.first,
      each > 0 ? each * piece.count : curve.extra.length, layout.tables[i], piece.segments, job, 0,
    ].forEach((number, k) => bytes.setUint32(place + 8 + 4 * k, number, true));
  });
  new Float64Array(bytes.buffer, layout.points, curve.flat.length).set(curve.flat);
  new Float64Array(bytes.buffer, layout.extra, curve.extra.length).set(curve.extra);
  new Float64Array(bytes.buffer, layout.parameters, parameters.length).set(parameters);
}
