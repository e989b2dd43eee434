"""Reads PNG files with Python's own zlib, and compares them: what this program writes, judged by other code.

python3 png.py check FILE...          each chunk, checksum and row; prints "WIDTH HEIGHT COLOURTYPE CHUNK,CHUNK…"
python3 png.py compare ONE OTHER      prints the mean and the largest difference of a channel, over white
"""
import struct
import sys
import zlib

CHANNELS = {0: 1, 2: 3, 3: 1, 6: 4}


def chunks(data):
    assert data[:8] == b"\x89PNG\r\n\x1a\n", "signature"
    place = 8
    while place < len(data):
        length, name = struct.unpack(">I4s", data[place:place + 8])
        body = data[place + 8:place + 8 + length]
        assert len(body) == length, "a chunk that ends early"
        checksum, = struct.unpack(">I", data[place + 8 + length:place + 12 + length])
        assert checksum == zlib.crc32(name + body), "checksum of " + name.decode()
        yield name.decode(), body
        place += 12 + length


def paeth(a, b, c):
    p = a + b - c
    pa, pb, pc = abs(p - a), abs(p - b), abs(p - c)
    return a if pa <= pb and pa <= pc else b if pb <= pc else c


def unfiltered(raw, width, height, size):
    stride = width * size
    assert len(raw) == height * (stride + 1), "rows"
    above = bytearray(stride)
    for y in range(height):
        kind, row = raw[y * (stride + 1)], bytearray(raw[y * (stride + 1) + 1:(y + 1) * (stride + 1)])
        assert kind <= 4, "filter"
        if kind:
            for i in range(stride):
                a = row[i - size] if i >= size else 0
                c = above[i - size] if i >= size else 0
                b = above[i]
                row[i] = (row[i] + (0, a, b, (a + b) // 2, paeth(a, b, c))[kind]) & 255
        yield row
        above = row


def read(path):
    """Width, height, colour type, names of chunks, and rows of red, green, blue, opacity."""
    parts = list(chunks(open(path, "rb").read()))
    names = [name for name, _ in parts]
    assert names[0] == "IHDR" and names[-1] == "IEND" and names.count("IHDR") == 1, names
    width, height, depth, kind, packing, filtering, lacing = struct.unpack(">IIBBBBB", parts[0][1])
    assert (depth, packing, filtering, lacing) == (8, 0, 0, 0), "header"
    found = dict(parts)
    palette, opacities = found.get("PLTE", b""), found.get("tRNS", b"")
    assert (kind == 3) == bool(palette) and len(palette) % 3 == 0
    raw = zlib.decompress(b"".join(body for name, body in parts if name == "IDAT"))
    rows = []
    for row in unfiltered(raw, width, height, CHANNELS[kind]):
        if kind == 0:
            pixels = [(v, v, v, 255) for v in row]
        elif kind == 3:
            assert max(row) < len(palette) // 3, "a place outside the palette"
            colours = [tuple(palette[3 * v:3 * v + 3]) + (opacities[v] if v < len(opacities) else 255,)
                       for v in range(len(palette) // 3)]
            pixels = [colours[v] for v in row]
        else:
            n = CHANNELS[kind]
            pixels = [tuple(row[i:i + 3]) + ((row[i + 3],) if n == 4 else (255,)) for i in range(0, len(row), n)]
        rows.append(pixels)
    return width, height, kind, names, rows


def over_white(rows):
    return [[(255 - a + c * a / 255) for r, g, b, a in row for c in (r, g, b)] for row in rows]


def compare(one, other):
    (w, h, _, _, a), (v, g, _, _, b) = read(one), read(other)
    assert (w, h) == (v, g), "sizes"
    total, worst = 0.0, 0.0
    for row, its in zip(over_white(a), over_white(b)):
        for p, q in zip(row, its):
            total += abs(p - q)
            worst = max(worst, abs(p - q))
    return total / (3 * w * h), worst


if __name__ == "__main__":
    if sys.argv[1] == "compare":
        print("%.4f %.1f" % compare(*sys.argv[2:4]))
    else:
        for path in sys.argv[2:]:
            width, height, kind, names, _ = read(path)
            print(width, height, kind, ",".join(names))
