"""Prices, and how all of the page looks and is told."""
from .support import check, choose, quiet


def finds_prices(page):
    names = page.run("[...document.querySelector('#price-sample').options].map((o) => o.textContent)")
    wanted = {"A line in noise": "linear", "Exponential growth": "exponential", "A cap": "parabolic", "Five cycles": "oscillating",
              "Fast at first, then slower": "logarithmic", "From one level to another": "sigmoid", "A jump": "step"}
    for index, name in enumerate(names[:-1]):
        page.run("document.querySelector('#price-answer').replaceChildren()")
        choose(page, "#price-sample", str(index))
        page.until("document.querySelector('#price-answer table') !== null", f"an answer for {name}")
        words = page.run("document.querySelector('.answer-head b').textContent")
        found = page.run("[...document.querySelectorAll('path.fit')].map((p) => p.dataset.pattern)")
        if name in wanted:
            check(words == f"The whole series is {wanted[name]}", f"{name}: {words}")
            check(wanted[name] in found, f"{name}: drawn are {found}")
        elif name.startswith("Four"):
            check(found == ["linear", "sigmoid", "oscillating", "exponential"], f"{name}: drawn are {found}")
        else:
            check(words == "No one curve explains the whole series", f"{name}: {words}")
    for text, count in [("\n".join(f"2024-01-{i:02},{100 + i},{200 + 2 * i}" for i in range(1, 31)), 30),
                        ("date,close\n" + "\n".join(f"2024-01-{i:02},{50 - i}" for i in range(1, 26)), 25),
                        (" ".join(str(100 + i) for i in range(20)), 20), ("1\n2\n3", 3)]:
        page.run("document.querySelector('#price-answer').replaceChildren()")
        choose(page, "#price-text", text)
        page.run("document.querySelector('#price-form').requestSubmit()")
        page.until(f"document.querySelector('.answer-head .quiet')?.textContent.startsWith('{count} prices')",
                   f"{count} prices of {text[:20]!r}")
        check(page.run("document.querySelector('#price-sample').value") == "own", "they are one's own")
    choose(page, "#price-text", "1, 2, three")
    page.run("document.querySelector('#price-form').requestSubmit()")
    page.until("document.querySelector('#price-message').textContent.includes('\"three\" is not a number')", "a word about the word")
    choose(page, "#price-sample", "0")
    page.until("document.querySelectorAll('path.fit').length === 4", "four curves")
    choose(page, "#price-source", "classical")
    page.until("document.querySelector('.answer-head .quiet').textContent.includes('statistics alone')", "the classical answer")
    choose(page, "#price-source", "onnx")
    quiet(page, "prices")


def is_named(page):
    """Every control, picture and link has a name that a screen reader tells."""
    roles = {"button", "link", "textbox", "combobox", "slider", "checkbox", "spinbutton", "image", "img", "dialog", "application"}
    for node in page.ask("Accessibility.getFullAXTree")["nodes"]:
        if node.get("ignored") or node["role"]["value"] not in roles:
            continue
        check(node.get("name", {}).get("value", "").strip() != "", f"a {node['role']['value']} has no name: {node}")


def fits(page):
    """Nothing is wider than the window or its card, and text stands out from what is behind it (WCAG 2 AA)."""
    contrast = """(() => {
      const pen = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
      const rgb = (color) => {
        pen.clearRect(0, 0, 1, 1);
        pen.fillStyle = color;
        pen.fillRect(0, 0, 1, 1);
        return [...pen.getImageData(0, 0, 1, 1).data];
      };
      const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4))
        .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
      const behind = (e) => {
        for (let at = e; at; at = at.parentElement) {
          const color = rgb(getComputedStyle(at).backgroundColor);
          if (color[3] === 255) return color;
        }
        return [255, 255, 255, 255];
      };
      const low = [];
      for (const e of document.querySelectorAll("main *, header *, footer *")) {
        if (![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim() !== "") || e.checkVisibility() === false) continue;
        const style = getComputedStyle(e);
        const [a, b] = [light(rgb(e.namespaceURI.endsWith("svg") ? style.fill : style.color)), light(behind(e))];
        const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
        if (ratio < 4.5) low.push(`${e.tagName} ${e.className} "${e.textContent.slice(0, 30)}" ${ratio.toFixed(2)}`);
      }
      return low;
    })()"""
    for is_dark in (False, True):
        page.theme(is_dark)
        for width in (320, 360, 390, 768, 1280):
            page.size(width, 800, width < 500)
            inside = page.run("document.documentElement.scrollWidth <= innerWidth")
            check(inside, f"wider than {width} pixels: {page.run('document.documentElement.scrollWidth')}")
            # A card hides what leaves it: the window does not grow.
            cut = page.run("""[...document.querySelectorAll("main *:not(svg *, .hidden)")].filter((e) => e.clientWidth > 0
              && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== "inline")
              .map((e) => `${e.tagName} #${e.id} .${e.className}: ${e.scrollWidth} in ${e.clientWidth}`)""")
            check(cut == [], f"cut off at {width} pixels: {cut}")
            low = page.run(contrast)
            check(low == [], f"too faint, dark {is_dark}: {low}")
    page.size(1280, 900)
    page.theme(False)
