// How a plot is drawn: axes, lines and words as SVG, in colours that can be read on light and on dark ground.

export const INK = '#768390';
export const BLUE = '#3b82d6';
export const ORANGE = '#d2691e';
export const FAINT = '#76839055';

const WIDTH = 760;
const MARGIN = { left: 62, right: 28, top: 58, bottom: 46 };

/**
 * A plot `height` pixels high, with a `title` and a `note` below it. `x` is `{from, to, ticks, label}`, its ticks being `[value, text]`; each of `panels` is
 * `{from, to, ticks, label, share}` from the top, `share` of the height going to it. Answers `px(value)`, `py(value, panel)`, the
 * `line`, `area`, `rule`, `upright`, `dot` and `text` that draw, and `svg()`, which writes it all.
 */
export function plot({ title, note, height, x, panels }) {
  const parts = [];
  const [left, right] = [MARGIN.left, WIDTH - MARGIN.right];
  const [top, bottom] = [MARGIN.top, height - MARGIN.bottom];
  const gap = 18;
  const room = bottom - top - gap * (panels.length - 1);
  let used = top;
  const frames = panels.map(({ share }) => {
    const frame = { top: used, bottom: used + room * share };
    used = frame.bottom + gap;
    return frame;
  });
  const px = (value) => round(left + ((value - x.from) / (x.to - x.from)) * (right - left));
  const py = (value, panel = 0) => {
    const { from, to } = panels[panel];
    const frame = frames[panel];
    return round(frame.bottom - ((value - from) / (to - from)) * (frame.bottom - frame.top));
  };
  const path = (points, attributes) => parts.push(`<path d="M${points.map(([a, b]) => `${a} ${b}`).join('L')}" ${attributes}/>`);
  const stroke = ({ colour = INK, width = 1, dash }) =>
    `fill="none" stroke="${colour}" stroke-width="${width}"${dash === undefined ? '' : ` stroke-dasharray="${dash}"`}`;
  const at = (points, panel) => points.map(([a, b]) => [px(a), py(b, panel)]);

  const drawn = {
    px,
    py,
    /** Joins points `[x, y]` by a line. */
    line: (points, { panel, ...style } = {}) => path(at(points, panel), stroke(style)),
    /** Fills a rectangle between two values of x and two of y. */
    area: ([x0, y0], [x1, y1], { panel, colour }) =>
      parts.push(
        `<rect x="${px(x0)}" y="${py(y1, panel)}" width="${Math.max(1, round(px(x1) - px(x0)))}" height="${round(py(y0, panel) - py(y1, panel))}" fill="${colour}"/>`,
      ),
    /** Draws a line across a panel at a value of y, and one down it at a value of x. */
    rule: (value, { panel, ...style } = {}) =>
      path(
        at(
          [
            [x.from, value],
            [x.to, value],
          ],
          panel,
        ),
        stroke(style),
      ),
    upright: (value, { panel = 0, ...style } = {}) =>
      path(
        [
          [px(value), frames[panel].top],
          [px(value), frames[panel].bottom],
        ],
        stroke(style),
      ),
    dot: ([a, b], { panel, colour }) => parts.push(`<circle cx="${px(a)}" cy="${py(b, panel)}" r="4.5" fill="${colour}"/>`),
    /** Writes words at a point, moved by `dx` and `dy` pixels. */
    text: ([a, b], words, { panel, colour = INK, anchor = 'start', dx = 0, dy = 0 } = {}) =>
      parts.push(`<text x="${round(px(a) + dx)}" y="${round(py(b, panel) + dy)}" fill="${colour}" text-anchor="${anchor}">${escaped(words)}</text>`),
    svg,
  };

  for (const [i, { ticks, label }] of panels.entries()) {
    for (const [value, text] of ticks) {
      drawn.rule(value, { panel: i, colour: FAINT });
      drawn.text([x.from, value], text, { panel: i, anchor: 'end', dx: -8, dy: 4 });
    }
    const middle = round((frames[i].top + frames[i].bottom) / 2);
    parts.push(`<text transform="translate(15 ${middle}) rotate(-90)" fill="${INK}" text-anchor="middle">${escaped(label)}</text>`);
    path(
      [
        [left, frames[i].bottom],
        [right, frames[i].bottom],
      ],
      stroke({}),
    );
  }
  for (const [value, text] of x.ticks) parts.push(`<text x="${px(value)}" y="${bottom + 18}" fill="${INK}" text-anchor="middle">${escaped(text)}</text>`);
  parts.push(`<text x="${round((left + right) / 2)}" y="${height - 8}" fill="${INK}" text-anchor="middle">${escaped(x.label)}</text>`);
  return drawn;

  function svg() {
    const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escaped(title)}" font-family="system-ui, -apple-system, Segoe UI, Helvetica, Arial, sans-serif" font-size="13">`;
    const heading = `<text x="${left}" y="22" fill="${INK}" font-size="15" font-weight="600">${escaped(title)}</text>`;
    const below = `<text x="${left}" y="41" fill="${INK}">${escaped(note)}</text>`;
    return `${[head, heading, below, ...parts].join('\n')}\n</svg>\n`;
  }
}

/** Evenly spaced ticks from one value up to another. */
export function ticks(from, to, step, text) {
  const list = [];
  for (let value = from; value <= to; value += step) list.push([value, text(value)]);
  return list;
}

function round(value) {
  return Math.round(value * 10) / 10;
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
