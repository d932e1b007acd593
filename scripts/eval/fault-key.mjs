// How an alert is found in the truth: by its fingerprint and the instant at which it began.

/** The key of an alert that began at `startsAt`, in milliseconds. */
export function keyOf(fingerprint, startsAt) {
  return `${fingerprint}@${startsAt}`;
}
