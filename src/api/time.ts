const dateTime =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?\s?(UTC|Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)$/i;

/**
 * An instant as one of the services writes it, in ms since the epoch: `2026-05-27 02:20:34 UTC` or
 * RFC 3339. Undefined for anything else, a date that does not exist and a time without its zone.
 */
export function parseInstant(text: string): number | undefined {
  const match = dateTime.exec(text.trim());
  if (match === null) return undefined;
  const fields = match.slice(1, 7);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = fields.map(Number);
  const ms = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3));
  const local = Date.UTC(year, month - 1, day, hour, minute, second, ms);
  const exists = new Date(local).toISOString().split(/\D/, 6).join() === fields.join();
  return exists ? local - offset(match[8] ?? 'Z') : undefined;
}

/** A zone's distance from UTC, in ms. */
function offset(zone: string): number {
  const match = /([+-])(\d\d):?(\d\d)/.exec(zone);
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return (match[1] === '-' ? -minutes : minutes) * 60_000;
}
