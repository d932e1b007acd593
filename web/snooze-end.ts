// Decides when a snooze ends.

/** When the morning begins, as in Slack. */
const MORNING = 9;

/** The end of a snooze of some hours, or for `morning` the next 9:00 where the person is. */
export function snoozeEnd(choice: string, now: Date): Date {
  if (choice !== 'morning') return new Date(now.getTime() + Number(choice) * 60 * 60 * 1000);
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate(), MORNING);
  return today > now ? today : new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, MORNING);
}
