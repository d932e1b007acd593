// Prints rows of a fixed width, each as soon as it is known, and numbers in the same way everywhere.

/** The text that stands for no figure. */
export const NONE = '–';
/** The text that stands for no change. */
export const SAME = '·';

/** Prints the head of a table and answers a function that prints a row. Columns are `[heading, width]`; a width below 0 aligns to the left. */
export function openTable(title, columns) {
  const print = (cells) =>
    console.log(
      columns
        .map(([, width], i) => (width < 0 ? text(cells[i]).padEnd(-width) : text(cells[i]).padStart(width)))
        .join('  ')
        .trimEnd(),
    );
  console.log(`\n${title}\n`);
  print(columns.map(([heading]) => heading));
  console.log(columns.map(([, width]) => '-'.repeat(Math.abs(width))).join('  '));
  return print;
}

function text(cell) {
  return cell === undefined || cell === null ? NONE : String(cell);
}

/** A share to three places, such as `.912` or `1.000`. */
export function shareText(value) {
  return value === null || value === undefined ? NONE : value.toFixed(3).replace(/^0\./, '.');
}

/** A count, with one decimal when it is no whole number. */
export function countText(value) {
  return value === null || value === undefined ? NONE : Number.isInteger(value) ? String(value) : value.toFixed(1);
}

/** A change as such a text with its sign, or the text of no change. */
export function changeText(value, before, textOf) {
  if (value === null || value === undefined || before === null || before === undefined) return NONE;
  const size = textOf(Math.abs(value - before));
  if (size === textOf(0) || Number(size) === 0) return SAME;
  return `${value > before ? '+' : '-'}${size}`;
}

/** The mean of those numbers that are there, or null. */
export function meanOf(values) {
  const there = values.filter((value) => value !== null && value !== undefined);
  return there.length === 0 ? null : there.reduce((sum, value) => sum + value, 0) / there.length;
}

/** The sum of those numbers that are there. */
export function sumOf(values) {
  return values.reduce((sum, value) => sum + (value ?? 0), 0);
}
