import assert from "node:assert/strict";

import { zoneCalendar } from "../../../../src/ui/usage/zoneCalendar.ts";

const at = (time: string): number => Date.parse(time);

describe("the calendar of a time zone", () => {
  for (const [zone, time, day] of [
    ["UTC", "2026-11-20T23:59:59.999Z", "2026-11-20"],
    ["Asia/Shanghai", "2026-11-20T15:59:59.999Z", "2026-11-20"],
    ["Asia/Shanghai", "2026-11-20T16:00:00.000Z", "2026-11-21"],
    ["Asia/Kathmandu", "2026-11-20T18:14:59.999Z", "2026-11-20"],
    ["Asia/Kathmandu", "2026-11-20T18:15:00.000Z", "2026-11-21"],
    ["America/New_York", "2026-01-01T04:59:00.000Z", "2025-12-31"],
  ] as const) {
    it(`${time} is ${day} in ${zone}`, () => assert.equal(zoneCalendar(zone).dayOf(at(time)), day));
  }

  it("finds the first moment of a day, over the change of the clocks too", () => {
    const berlin = zoneCalendar("Europe/Berlin");
    // On 25 October 2026 the day has 25 hours, on 29 March 23.
    assert.equal(berlin.startOfDay(at("2026-10-25T22:59:00Z"), 0), at("2026-10-24T22:00:00Z"));
    assert.equal(berlin.startOfDay(at("2026-10-26T23:30:00Z"), 6), at("2026-10-20T22:00:00Z"));
    assert.equal(berlin.startOfDay(at("2026-03-30T00:10:00Z"), 1), at("2026-03-28T23:00:00Z"));
    assert.equal(
      zoneCalendar("Asia/Shanghai").startOfDay(at("2026-11-21T12:00:00Z"), 29),
      at("2026-10-22T16:00:00Z"),
    );
  });

  it("takes an unknown zone for the machine's own", () => {
    assert.match(zoneCalendar("Nowhere/Land").dayOf(0), /^(1969-12-31|1970-01-01)$/);
    assert.equal(Number.isNaN(zoneCalendar(undefined).epochMs("yesterday")), true);
  });
});
