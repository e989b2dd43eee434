// Compares the kernel under this engine with the command line, byte by byte: node wasm/test-node.mjs CATENARY FOLDER
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { CurveError, loadKernel } from "./spline.js";

const [catenary, folder] = process.argv.slice(2);
const kernel = await loadKernel(readFileSync(new URL("spline-browser.wasm", import.meta.url)));

const wave = (n, d) => Array.from({ length: n }, (_, i) => Array.from({ length: d }, (_, k) =>
  k === 0 ? i * 1.25 : ((i * 7919 + k * 104729) % 31) / 4));
const ring = wave(24, 2).map(([x, y], i) => [Math.round(1000 * Math.cos(i / 4)) / 64, y]);
const tangents = wave(25, 2).map(([x, y]) => [1, y - 3]);
const gap = wave(25, 2).map((point, i) => (i === 9 || i === 10 || i === 12 ? null : point));
const kinds = [
  {}, { type: "linear" }, { type: "step" }, { type: "step", step: "before" }, { type: "step", step: "middle" },
  { type: "catmull-rom", alpha: 0.5, tension: 0.2, ends: "reflect" }, { type: "catmull-rom", alpha: 0.37 },
  { type: "cardinal", tension: 0.3 }, { type: "kochanek-bartels", tension: 0.1, continuity: -0.3, bias: 0.4 },
  { type: "bezier" }, { type: "quadratic-bezier" }, { type: "cubic" }, { type: "cubic", boundary: "not-a-knot" },
  { type: "cubic", boundary: "clamped" }, { type: "cubic", parameterization: "chordal" },
  { type: "monotone" }, { type: "monotone", method: "steffen" }, { type: "akima" }, { type: "makima" },
  { type: "b-spline" }, { type: "b-spline", degree: 1 }, { type: "b-spline", degree: 2 }, { type: "b-spline", degree: 4 },
  { type: "b-spline", degree: 5, knots: Array.from({ length: 31 }, (_, i) => (i * i - 25) / 40) },
  { type: "nurbs", weights: Array.from({ length: 25 }, (_, i) => 1 + (i % 4)) },
  { type: "nurbs", degree: 5, knots: Array.from({ length: 31 }, (_, i) => (i < 6 ? 0 : Math.min(i - 5, 20) / 2)) },
  ...[1, 2, 3, 4, 5].map((degree) => ({ type: "interpolating-b-spline", degree })),
  { type: "interpolating-b-spline", degree: 4, parameterization: "centripetal" },
  { type: "smoothing", lambda: 0.5 }, { type: "smoothing", lambda: 1e3, parameterization: "chordal" }, { type: "smoothing", lambda: 0 },
];
const curves = kinds.flatMap((kind) => [1, 2, 3, 4].map((d) => ({ ...kind, points: wave(25, d), dimensions: d })));
curves.push(
  { type: "hermite", points: wave(25, 2), tangents },
  { type: "cubic", boundary: "clamped", parameterization: "x", slopes: [[0.5], [-1]], points: wave(25, 2) },
  { type: "catmull-rom", closed: true, points: ring }, { type: "cubic", closed: true, points: ring },
  { type: "makima", closed: true, points: ring }, { type: "catmull-rom", gaps: "break", points: gap },
  { type: "cubic", gaps: "break", points: gap }, { type: "b-spline", closed: true, points: ring },
  { type: "nurbs", closed: true, degree: 2, weights: ring.map((_, i) => 1 + i % 3), points: ring },
  { type: "b-spline", degree: 2, gaps: "break", points: [...gap, ...gap.slice(0, 3)] },
);
// Tolerances that take a chord, some or hundreds a segment, and one where doubles are rounded to f32 at the end.
const samplings = [
  {}, { samplesPerSegment: 7 }, { count: 101 }, { at: [0, 0.25, 3, 7.5, 7.875] }, { derivative: 1 },
  { tolerance: 1 }, { tolerance: 0.01 }, { tolerance: 4e-6 }, { tolerance: 0.01, derivative: 1 },
  { count: 301, spacing: "arc-length" }, { count: 77, spacing: "arc-length", derivative: 1 },
];
// What the tolerance and the distances alone see: staircases with gaps and by x, far away, huge, tiny, a point.
const times = (points, factor, shift = 0) => points.map((point) => point.map((x) => x * factor + shift));
const placed = [
  { tolerance: 0.01 }, { tolerance: 4e-6 }, { count: 301, spacing: "arc-length" }, { count: 77, spacing: "arc-length", derivative: 1 },
  { tolerance: 1, derivative: 2 },
];
const cusp = [[0, 0], [1, 1], [0, 1], [1, 0]];
const odd = [
  ...["after", "before", "middle"].flatMap((step) => [
    { type: "step", step, closed: true, points: ring }, { type: "step", step, gaps: "break", points: gap },
    { type: "step", step, parameterization: "x", points: wave(25, 3), dimensions: 3 },
  ]),
  { points: times(wave(25, 2), 1, 4096) }, { type: "linear", points: wave(2, 2).map(() => [2, 3]) },
  { type: "hermite", points: wave(3, 2), tangents: [[4000, 1], [-3000, 500], [0, 900]] },
  { type: "bezier", points: cusp }, { type: "nurbs", points: cusp }, { type: "b-spline", points: [...cusp, ...cusp] },
  { type: "nurbs", weights: [1, 50, 0.02, 1, 1], points: [[0, 0], [1, 8], [2, -8], [3, 0], [4, 1]] },
];
const extremes = [1e-290, 1e290].flatMap((size) => ["catmull-rom", "b-spline", "nurbs"].flatMap((type) =>
  [...samplings.slice(-2), { tolerance: size / 100 }].map((sampling) =>
    [{ type, points: times(wave(9, 2), size), ...(type === "b-spline" ? { degree: 5 } : {}) }, sampling, "f64"])));
const jobs = [
  ...curves.flatMap((curve) => samplings.map((sampling) => [curve, sampling])),
  ...odd.flatMap((curve) => placed.map((sampling) => [curve, sampling])),
].flatMap((job) => [[...job, "f32"], [...job, "f64"]]).concat(extremes);

/// A refusal's words and its numbers, whatever the way in which they are written.
const inWords = (text) => text.replace(/\d+(\.\d+)?(e[-+]?\d+)?/g, (number) => `${Number(number)}`).trim();

let [compared, refusedAlike] = [0, 0];
for (const [curve, sampling, dtype] of jobs) {
  const options = { ...curve, ...sampling, dtype };
  const fail = (what) => {
    console.error(`${what}: ${JSON.stringify({ ...options, points: `${curve.points.length} points` })}`);
    process.exit(1);
  };
  const [input, output] = [`${folder}/in.json`, `${folder}/out.${dtype}`];
  // The command line takes `dtype` from the output's name.
  const { dtype: _, dimensions: __, ...document } = options;
  writeFileSync(input, JSON.stringify(document));
  const { status, stderr } = spawnSync(catenary, ["render", input, "-o", output], { encoding: "utf8" });
  let numbers;
  try { numbers = kernel.render(options); } catch (error) {
    if (!(error instanceof CurveError)) throw error;
    if (status === 0) fail(`refused here alone, ${error.message}`);
    if (!inWords(stderr).endsWith(inWords(error.message))) fail(`other words than the command line, "${error.message}" for "${stderr}"`);
    refusedAlike += 1;
    continue;
  }
  if (status !== 0) fail(`refused by the command line alone, ${stderr}`);
  if (Buffer.from(numbers.buffer).compare(readFileSync(output)) !== 0) fail("other bytes than the command line");
  if (kernel.count(options) * (curve.dimensions ?? 2) !== numbers.length) fail("count and render disagree");
  compared += 1;
}

const refused = [
  [{ points: [] }, /no point/], [{ points: [[0, 0]] }, /at least 2/], [{ points: [[0, 0], [1]] }, /point 1 has 1 coord/],
  [{ points: [[0, 0], [1, NaN]] }, /point 1 has a NaN/], [{ points: [[0, 0], [1, Infinity]] }, /infinite/],
  [{ points: [[0, 0], [1, 1]], sample: 3 }, /no option sample/], [{ type: "bezier", points: wave(6, 2) }, /3k \+ 1/],
  [{ type: "linear", alpha: 1, points: wave(6, 2) }, /alpha does not belong to linear/],
  [{ type: "circle", points: wave(6, 2) }, /no type circle/], [{ type: "akima", points: [[1, 0], [1, 1]] }, /x at point 1/],
  [{ points: wave(6, 2), count: 1 }, /count is 1/], [{ points: wave(6, 2), at: [9] }, /outside/],
  [{ points: wave(6, 2), count: 5, at: [1] }, /two samplings/], [{ points: [[0, 0], [1e39, 1]] }, /range of f32/],
  [{ points: wave(3, 2), samplesPerSegment: 2 ** 31 }, /at most/], [{ points: wave(3, 2), samplesPerSegment: 2 ** 30 - 1 }, /MiB/],
  [{ type: "b-spline", degree: 6, points: wave(9, 2) }, /degree is 6/], [{ type: "b-spline", knots: [1], points: wave(4, 2) }, /1 knots for 4/],
  [{ type: "nurbs", weights: [1, 0, 1, 1], points: wave(4, 2) }, /weight 1 is 0/],
  [{ type: "smoothing", points: wave(9, 2) }, /lambda is undefined/], [{ type: "smoothing", lambda: 1, closed: true, points: ring }, /closed/],
  [{ type: "interpolating-b-spline", degree: 5, points: wave(5, 2) }, /at least 6 points/],
  [{ points: wave(5, 2), tolerance: 0 }, /tolerance is 0: give a finite number above 0/],
  [{ points: wave(5, 2), tolerance: 1, count: 4 }, /two samplings/], [{ points: wave(5, 2), spacing: "arc-length" }, /spacing belongs to count/],
  [{ points: wave(5, 2), count: 4, spacing: "even" }, /spacing is even/],
  [{ points: wave(5, 2), tolerance: 1e-9 }, /tolerance is 1e-9: at coordinates up to .* f32 tells .* ask for f64/],
  [{ points: wave(5, 2), tolerance: 1e-20, dtype: "f64" }, /f64 tells .* or give .* or more/],
  [{ points: times(wave(3, 2), 1e12), tolerance: 1e-4, dtype: "f64" }, /tolerance is|at most/],
  [{}, /points is missing/], [{ points: wave(5, 2), ends: "none" }, /ends is none/],
];
for (const [options, words] of refused) {
  let said;
  try { kernel.render(options); } catch (error) { said = error; }
  if (!(said instanceof CurveError) || !words.test(said.message)) {
    console.error(`expected a refusal that says ${words}, got: ${said?.stack ?? "a result"}`);
    process.exit(1);
  }
}
// A large result grows the memory; a small one works afterwards.
const large = kernel.render({ points: wave(10_001, 2), samplesPerSegment: 256 });
if (large.length !== 2 * 2_560_001 || large[large.length - 2] !== 12_500) process.exit(1);
if (kernel.render({ points: Float32Array.of(0, 0, 1, 1), samplesPerSegment: 1 }).join() !== "0,0,1,1") process.exit(1);

const points = wave(64, 2);
let best = Infinity;
for (let round = 0; round < 20; round += 1) {
  const start = performance.now();
  for (let i = 0; i < 200; i += 1) kernel.render({ points, samplesPerSegment: 16 });
  best = Math.min(best, (performance.now() - start) / 200);
}
console.log(`node: ${compared} renderings equal the command line's to the bit, ${refusedAlike} refusals its words, ${refused.length} more refusals; 64 points in ${(best * 1000).toFixed(1)} us`);
