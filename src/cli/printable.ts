// Text of alerts in a terminal: nothing that moves the cursor, and no wider than its column.

/** A text without control characters, cut to so many code points. */
export function printable(text: string, width: number): string {
  const clean = text.replace(/[\p{Cc}\p{Cf}]/gu, ' ');
  const points = [...clean];
  return points.length <= width ? clean : `${points.slice(0, width - 1).join('')}…`;
}
