// Times of the day as Alertmanager writes them: `09:30`, up to `24:00`.

/** Reads a time of the day, two digits each, in minutes from midnight; null when the text is none. */
export function parseTimeOfDay(text: string): number | null {
  if (!/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/.test(text)) return null;
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
}

/** Writes minutes from midnight so that `parseTimeOfDay` gives them back. */
export function writeTimeOfDay(minute: number): string {
  const digits = (value: number) => String(value).padStart(2, '0');
  return `${digits(Math.floor(minute / 60))}:${digits(minute % 60)}`;
}
