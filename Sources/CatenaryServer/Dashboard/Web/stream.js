// The live curve: frames of Float32 pairs, drawn as they come, as often as the screen is.

const stream = {
  socket: null,
  frame: null,
  count: 0,

  start() {
    find("stream-toggle").addEventListener("click", () => (this.socket === null ? this.open() : this.socket.close()));
  },

  open() {
    const socket = new WebSocket(access.socket("/ws/spline-live", { format: "binary" }));
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    [this.count, this.since] = [0, performance.now()];
    this.setRunning(true);
    socket.addEventListener("message", ({ data }) => {
      if (!(data instanceof ArrayBuffer)) return;
      this.count += 1;
      if (this.frame === null) requestAnimationFrame(() => this.paint());
      this.frame = new Float32Array(data);
    });
    socket.addEventListener("close", () => {
      this.socket = null;
      this.setRunning(false);
    });
  },

  setRunning(isRunning) {
    const button = find("stream-toggle");
    button.setAttribute("aria-pressed", isRunning);
    say(button, isRunning ? "Stop" : "Start");
    if (isRunning) find("stream").hidden = false;
  },

  paint() {
    const xy = this.frame;
    this.frame = null;
    const canvas = find("stream");
    const { clientWidth: width, clientHeight: height } = canvas;
    [canvas.width, canvas.height] = [Math.round(width * devicePixelRatio), Math.round(height * devicePixelRatio)];
    const pen = canvas.getContext("2d");
    pen.scale(devicePixelRatio, devicePixelRatio);
    // The box only grows, so that the curve does not jump.
    let { low = [Infinity, Infinity], high = [-Infinity, -Infinity] } = this;
    for (let i = 0; i < xy.length; i += 1) [low[i % 2], high[i % 2]] = [Math.min(low[i % 2], xy[i]), Math.max(high[i % 2], xy[i])];
    [this.low, this.high] = [low, high];
    const place = (i, k, size) => 8 + ((xy[i + k] - low[k]) / (high[k] - low[k] || 1)) * (size - 16);
    pen.beginPath();
    for (let i = 0; i + 1 < xy.length; i += 2) pen.lineTo(place(i, 0, width), height - place(i, 1, height));
    pen.strokeStyle = getComputedStyle(canvas).color;
    pen.lineWidth = 2.5;
    pen.lineJoin = "round";
    pen.stroke();
    const seconds = (performance.now() - this.since) / 1000;
    if (seconds < 1) return;
    say(find("stream-note"), `${many(xy.length / 2, "point")} a frame, ${grouped(this.count / seconds)} frames a second, ${bytesText(xy.byteLength)} each.`);
  },
};
