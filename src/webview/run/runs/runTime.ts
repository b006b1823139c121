const dayMs = 24 * 3_600_000;

/** When a run began, as short as it can be said: the time of a run of today, else the day. */
export function runTime(atMs: number, nowMs: number, locale: string): string {
  const isRecent = Math.abs(nowMs - atMs) < dayMs && new Date(atMs).getDate() === new Date(nowMs).getDate();
  return new Intl.DateTimeFormat(
    locale,
    isRecent ? { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } : { day: "numeric", month: "short" },
  ).format(atMs);
}
