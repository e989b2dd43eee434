// Made series to try the price box with: the same at every visit.

/// Numbers in 0…1 (mulberry32), and normal ones of them.
function chance(seed) {
  let state = seed;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

/// `count` prices of a shape over 0…1, with noise about it.
function made(seed, count, noise, shape) {
  const normal = chance(seed);
  return Array.from({ length: count }, (_, i) => shape(i / (count - 1)) + noise * normal());
}

function walk(seed, count) {
  const normal = chance(seed);
  let price = 100;
  return Array.from({ length: count }, () => (price += 0.6 * normal()));
}

function pieces() {
  const parts = [
    made(11, 70, 0.25, (u) => 100 + 9 * u), made(12, 80, 0.25, (u) => 109 - 6 / (1 + Math.exp(-16 * (u - 0.5)))),
    made(13, 90, 0.25, (u) => 103 + 3 * Math.sin(2 * Math.PI * 3 * u)), made(14, 60, 0.25, (u) => 103 + 0.25 * (Math.exp(3.6 * u) - 1)),
  ];
  return parts.flat();
}

const priceSamples = [
  ["Four curves in a row", pieces],
  ["A line in noise", () => made(1, 120, 0.8, (u) => 100 + 8 * u)],
  ["Exponential growth", () => made(2, 180, 0.7, (u) => 100 + Math.exp(3.1 * u))],
  ["A cap", () => made(3, 140, 0.5, (u) => 108 - 40 * (u - 0.45) ** 2)],
  ["Fast at first, then slower", () => made(4, 160, 0.35, (u) => 100 + 2.2 * Math.log(1 + 40 * u))],
  ["Five cycles", () => made(5, 200, 0.6, (u) => 100 + 3 * Math.exp(-0.4 * u) * Math.sin(2 * Math.PI * 5 * u))],
  ["From one level to another", () => made(6, 150, 0.4, (u) => 100 + 7 / (1 + Math.exp(-18 * (u - 0.55))))],
  ["A jump", () => made(7, 130, 0.5, (u) => (u < 0.6 ? 100 : 104))],
  ["A random walk", () => walk(8, 250)],
];
