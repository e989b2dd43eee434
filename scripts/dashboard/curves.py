"""Curves: each kind by server and browser, dragged, and by keys."""
import json

from .support import VERDICT, check, choose, points, quiet, settle


def starts(page, server):
    page.open(server.address + "/")
    page.until(f"{VERDICT}.state === 'same'", "the first comparison")
    page.until("document.querySelector('#price-answer table') !== null", "the first detection")
    quiet(page, "start")
    outside = [url for url in page.requests if not url.startswith((server.address, "data:", server.address.replace("http", "ws")))]
    check(not outside, f"the page asked elsewhere: {outside}")
    check(page.run("document.documentElement.dataset.samples") == "194", "97 samples of two numbers were drawn")
    check(page.run("document.querySelector('.curve.server').getAttribute('d').match(/L/g).length") == 96, "a path of 97 points")


def draws_every_kind(page):
    """Each kind with each of its options, open and closed, with each sampling."""
    kinds = page.run("[...document.querySelector('#type').options].map((o) => o.value)")
    check(len(kinds) == 16, f"16 kinds, not {kinds}")
    compared = 0

    def agree(what):
        nonlocal compared
        try:
            state, text = settle(page)
        except AssertionError as error:
            raise AssertionError(f"{what}: {error}") from None
        check(state == "same", f"{what}: {text}")
        compared += 1

    samplings = [("samplesPerSegment", {"samplesPerSegment": "5"}), ("count", {"count": "101", "spacing": ""}),
                 ("count", {"count": "60", "spacing": "arc-length"}), ("tolerance", {"tolerance": "0.05"}), ("at", {"at": "0, 0.5, 1.25"}),
                 ("samplesPerSegment", {"samplesPerSegment": "16"})]
    for kind in kinds:
        choose(page, "#type", kind)
        for sampling, values in samplings:
            choose(page, "#sampling", sampling)
            for name, value in values.items():
                # Parameters outside the curve are refused: Bézier kinds have fewer segments.
                if name == "at" and page.run("document.querySelector('#field-atX') !== null"):
                    name, value = "atX", "10, 20.5, 33"
                choose(page, f"#field-{name}", value)
            agree(f"{kind}, {sampling} {values}")
        for closed in (False, True):
            if closed and page.run("document.querySelector('#closed-field').hidden"):
                continue
            choose(page, "#closed", closed)
            agree(f"{kind}, closed {closed}")
            fields = page.run("[...document.querySelectorAll('#kind-fields select, #kind-fields input')].map((f) => [f.id, f.tagName,"
                              " f.options ? [...f.options].map((o) => o.value) : [f.min, f.max]])")
            for field, tag, values in fields:
                for value in values + ([] if tag == "SELECT" else ["3" if field == "field-degree" else "0.35"]):
                    if value == "given" or (value == "periodic" and not closed):
                        continue
                    choose(page, f"#{field}", value)
                    agree(f"{kind}, closed {closed}, {field} {value}")
                usual = values[0] if tag == "SELECT" else "3" if field == "field-degree" else "0" if float(values[0]) <= 0 else "1"
                choose(page, f"#{field}", usual)
        choose(page, "#closed", False)
    # Values that are written out.
    for kind, steps in {
        "b-spline": [("field-knots", "given"), ("field-knotList", "0 0 0 0 1 2.5 3 4 4 4 4")],
        "cubic": [("field-boundary", "clamped"), ("field-slopes", "10, 4; -3, 0.5")],
        "smoothing": [("field-lambda", "given"), ("field-lambdaNumber", "1.2")],
    }.items():
        choose(page, "#type", kind)
        for field, value in steps:
            choose(page, f"#{field}", value)
        agree(f"{kind}, {steps}")
    for backend in ("native", "wasm", ""):
        choose(page, "#backend", backend)
        agree(f"backend {backend}")
    choose(page, "#type", "catmull-rom")
    agree("catmull-rom again")
    quiet(page, "kinds")
    return compared


def is_dragged(page):
    page.click("#reset-points")
    before = points(page)
    x, y = page.middle(".point:nth-of-type(4) .mark-dot")
    page.mouse("mousePressed", x, y)
    for step in range(1, 11):
        page.mouse("mouseMoved", x + 6 * step, y - 4 * step)
    page.mouse("mouseReleased", x + 60, y - 40)
    after = points(page)
    check(after[3][0] > before[3][0] + 3 and after[3][1] > before[3][1] + 2, f"the point was not dragged: {before[3]} {after[3]}")
    check([p for i, p in enumerate(after) if i != 3] == [p for i, p in enumerate(before) if i != 3], "others stay")
    check(settle(page)[0] == "same", "drawn after dragging")
    box = page.run("(() => { const b = document.querySelector('#plot').getBoundingClientRect(); return [b.x, b.y, b.width, b.height]; })()")
    for clicks in (1, 2):
        for kind in ("mousePressed", "mouseReleased"):
            page.mouse(kind, box[0] + box[2] * 0.9, box[1] + box[3] * 0.1, clicks)
    check(len(points(page)) == len(before) + 1, "a double click adds a point")
    page.click("#remove-point")
    check(len(points(page)) == len(before), "a button removes it")
    # Tangents have handles.
    choose(page, "#type", "hermite")
    settle(page)
    check(page.run("document.querySelectorAll('.point.handle').length") == 7, "seven handles")
    x, y = page.middle(".point.handle .mark-dot")
    was = page.run("document.querySelector('.curve.server').getAttribute('d')")
    page.mouse("mousePressed", x, y)
    page.mouse("mouseMoved", x + 20, y + 60)
    page.mouse("mouseReleased", x + 20, y + 60)
    check(settle(page)[0] == "same", "drawn after a tangent was turned")
    check(page.run("document.querySelector('.curve.server').getAttribute('d')") != was, "the curve turns")
    # A point of y = f(x) stays between its neighbours.
    choose(page, "#type", "monotone")
    page.click("#reset-points")
    x, y = page.middle(".point:nth-of-type(4) .mark-dot")
    page.mouse("mousePressed", x, y)
    page.mouse("mouseMoved", x + 900, y)
    page.mouse("mouseReleased", x + 900, y)
    xs = [p[0] for p in points(page)]
    check(xs == sorted(set(xs)), f"x rises: {xs}")
    choose(page, "#points-text", "10, 10\n5, 20\n30, 5")
    page.until("document.querySelector('#curve-message button') !== null", "an offer to sort")
    page.click("#curve-message button")
    check([p[0] for p in points(page)] == [5, 10, 30], "sorted")
    check(settle(page)[0] == "same", "drawn after sorting")
    choose(page, "#type", "catmull-rom")
    page.click("#reset-points")
    quiet(page, "dragging")


def has_keys(page):
    """From the top of the page by keys alone."""
    page.click("#reset-points")
    page.run("document.activeElement.blur(); document.querySelector('#playground-title').scrollIntoView()")
    page.run("document.querySelector('.skip').focus()")
    for _ in range(60):
        page.key("Tab")
        if page.run("document.activeElement.classList.contains('point')"):
            break
    check(page.run("document.activeElement.getAttribute('aria-label')") == "Point 1 of 7: 6, 20", "Tab comes to the first point")
    check(page.run("getComputedStyle(document.activeElement.querySelector('.reach')).strokeWidth") == "2px", "the focus is seen")
    for key in ("ArrowRight", "ArrowUp", "ArrowUp", "ArrowLeft", "ArrowRight"):
        page.key(key)
    page.key("ArrowDown", modifiers=8)
    check(points(page)[0] == [7, 21.9], f"arrows move it: {points(page)[0]}")
    page.until("document.querySelector('#announce').textContent === 'Point 1 of 7: 7, 21.9'", "the move to be told")
    page.key("Insert")
    check(len(points(page)) == 8, "Insert adds a point")
    check(page.run("document.activeElement.getAttribute('aria-label').startsWith('Point 2 of 8')"), "and goes to it")
    page.key("Delete")
    check(len(points(page)) == 7, "Delete removes it")
    check(page.run("document.activeElement.classList.contains('point')"), "the focus stays among points")
    check(settle(page)[0] == "same", "drawn after keys")
    page.click("#reset-points")
    quiet(page, "keys")


def streams(page):
    page.click("#stream-toggle")
    page.until("/\\d+ frames a second/.test(document.querySelector('#stream-note').textContent)", "live curves")
    drawn = """(() => { const c = document.querySelector('#stream');
      return [...c.getContext('2d').getImageData(0, 0, c.width, c.height).data].some((b, i) => i % 4 === 3 && b > 0); })()"""
    check(page.run(drawn), "the live curve is drawn")
    page.click("#stream-toggle")
    page.until("document.querySelector('#stream-toggle').textContent === 'Start'", "it to stop")
    quiet(page, "live curve")
