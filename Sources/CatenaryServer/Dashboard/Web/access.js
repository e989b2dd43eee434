// The server's token: asked for when it is needed, kept for this tab only.

const access = {
  token: null,

  start() {
    try { this.token = sessionStorage.getItem("catenary-token"); } catch { /* storage is forbidden: memory does */ }
    find("token-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.use(find("token-input").value.trim());
    });
    find("token-later").addEventListener("click", () => find("token-dialog").close());
    find("unlock").addEventListener("click", () => this.askFor());
  },

  use(token) {
    this.token = token;
    try { sessionStorage.setItem("catenary-token", token); } catch { /* as above */ }
    find("token-dialog").close();
    this.setLocked(false);
    live.restart();
  },

  /// The server wants a token, or another one.
  refused() {
    const isWrong = this.token !== null;
    this.token = null;
    try { sessionStorage.removeItem("catenary-token"); } catch { /* as above */ }
    this.setLocked(true);
    this.askFor(isWrong ? "The server refused this token." : "");
  },

  askFor(message = "") {
    say(find("token-message"), message);
    find("token-input").value = "";
    if (!find("token-dialog").open) find("token-dialog").showModal();
  },

  setLocked(isLocked) {
    find("locked").hidden = !isLocked;
    find("figures").hidden = isLocked;
  },

  /// `fetch` of a protected path, with the token where there is one; undefined when the server refuses it.
  async fetch(path, options = {}) {
    const headers = { ...options.headers };
    if (this.token !== null) headers.Authorization = `Bearer ${this.token}`;
    const asked = this.token;
    const response = await fetch(path, { ...options, headers });
    if (response.status !== 401) return response;
    // An answer to an older token tells nothing of the one given since.
    if (asked === this.token) this.refused();
    return undefined;
  },

  /// The address of a WebSocket: browsers send no header with one.
  socket(path, query = {}) {
    const url = new URL(path, location.href);
    url.protocol = url.protocol.replace("http", "ws");
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    if (this.token !== null) url.searchParams.set("access_token", this.token);
    return url;
  },
};
