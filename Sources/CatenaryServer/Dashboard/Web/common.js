// The page's script: these files, one after another, are one module: Sources/CData/data.c lists them, and
// StaticFile.swift puts them into page.html. Nothing here makes markup from text: the policy of the page forbids it.

const find = (id) => document.getElementById(id);
const svgNamespace = document.querySelector("svg").namespaceURI;

/// An element with attributes and children; a function is a listener: `{ onclick: … }`.
function make(tag, attributes = {}, ...children) {
  return dress(document.createElement(tag), attributes, children);
}

/// The same of SVG.
function draw(tag, attributes = {}, ...children) {
  return dress(document.createElementNS(svgNamespace, tag), attributes, children);
}

function dress(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (typeof value === "boolean") element.toggleAttribute(name, value);
    else if (value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/// Writes a text only where it changed, so that nothing is selected away or read out twice.
function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

const clamp = (x, low, high) => Math.min(high, Math.max(low, x));

function grouped(number, digits = 0) {
  return number.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/// So many of something: "1 point", "2 points".
const many = (count, word) => `${grouped(count)} ${word}${count === 1 ? "" : "s"}`;

/// Three digits, whatever the size.
function brief(x) {
  if (x === 0 || !Number.isFinite(x)) return String(x);
  const size = Math.abs(x);
  if (size >= 1e6 || size < 1e-3) return x.toExponential(2);
  return size >= 100 ? grouped(x) : String(Number(x.toPrecision(3)));
}

/// A time given in milliseconds, number and unit on one line.
function duration(ms) {
  if (ms < 0.0995) return `${brief(ms * 1000)}\u00a0µs`;
  return ms < 999.5 ? `${brief(ms)}\u00a0ms` : `${brief(ms / 1000)}\u00a0s`;
}

function bytesText(count) {
  if (count < 1024) return many(count, "byte");
  return count < 1024 ** 2 ? `${(count / 1024).toFixed(1)} KiB` : `${(count / 1024 ** 2).toFixed(1)} MiB`;
}

/// Steps of 1, 2 or 5 times a power of ten: about `count` of them in a range.
function niceStep(range, count) {
  const rough = range / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * ([1, 2, 5].find((step) => step * power >= rough) ?? 10);
}

/// What a refusal says: the `detail` of a problem, or the status.
async function problemText(response) {
  try {
    const problem = await response.json();
    return problem.detail ?? problem.error ?? `the server answered ${response.status}`;
  } catch {
    return `the server answered ${response.status}`;
  }
}
