// What report.yaml says of the hours in which people work.

import {z} from "zod";
import {usualHours, type OpenHours} from "../build/businessHours.js";
import type {Reading} from "./reading.js";

type Weekday = "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";

const span = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/, "hours such as 09:00-17:00");

/** The grammar, for the weekdays in order from Monday. */
export const businessHoursSchema = (weekdays: readonly Weekday[]) => z
  .strictObject(Object.fromEntries(weekdays.map((day) => [day, z.union([span, z.array(span).min(1)]).optional()])) as Record<Weekday, z.ZodOptional<z.ZodUnion<[typeof span, z.ZodArray<typeof span>]>>>)
  .optional()
  .describe("Hours in which people work, in the report's time zone: {monday: 09:00-17:00, friday: [09:00-12:00, 12:30-15:00]}. Days left out are off, as holidays are; without the key it is 9 to 17 on working days");

type Written = z.output<ReturnType<typeof businessHoursSchema>>;

/** Returns the hours by weekday and beginning. Hours that end before they begin, or run into each other, are faults. */
export function businessHours(written: Written, weekdays: readonly Weekday[], workingDays: readonly number[], {file, lineOf, found}: Reading): OpenHours[] {
  if (!written) return usualHours(workingDays);
  const fault = (day: Weekday, value: string, expected: string) =>
    found.push({code: "wrong_value", file, line: lineOf(["business_hours", day]), key: `business_hours.${day}`, value, expected});
  if (Object.keys(written).length === 0) found.push({code: "wrong_value", file, line: lineOf(["business_hours"]), key: "business_hours", value: "{}", expected: "the hours of at least one day"});
  return weekdays.flatMap((day, index) => {
    const texts = [written[day] ?? []].flat();
    const hours = texts.map((text) => ({weekday: index + 1, ...readSpan(text)})).sort((a, b) => a.from - b.from);
    if (hours.some(({from, to}) => from >= to)) fault(day, texts.join(", "), "hours that end after they begin, as 09:00-17:00; those over midnight stand under both days");
    else if (hours.some(({from}, k) => k > 0 && from < hours[k - 1]!.to)) fault(day, texts.join(", "), "hours that do not run into each other");
    return hours;
  });
}

function readSpan(text: string): {from: number; to: number} {
  const [from = 0, to = 0] = text.split("-").map((clock) => {
    const [hour = 0, minute = 0] = clock.split(":").map(Number);
    return hour * 60 + minute;
  });
  return {from, to};
}
