import type { Day } from '../src/domain/ids.ts';
import { addDays, startOfDay, tokyoText } from '../src/domain/work-day.ts';
import type { CallToPlay } from './carrier-player.ts';
import { type CrewMember, crewFirms } from './rush-crew.ts';

/** How one arrival differs from a call that simply goes right. */
export type Oddity = 'withheld' | 'hangs up' | 'calls twice' | 'other phone' | 'sent twice';

/** Somebody's arrival: the share of the rush, 0 to 1, after which he calls. */
export interface Arrival {
  readonly member: CrewMember;
  readonly share: number;
  readonly odd?: Oddity;
}

/** The morning that a rush squeezes together: minutes from midnight, and how many there are. */
const FIRST_MINUTE = 7 * 60 + 20;
const MINUTES = 40;
const EVENING_MINUTE = 17 * 60 + 10;

/** Which places of the crew do something else, and again every so many. */
const ODDITIES: ReadonlyMap<number, Oddity> = new Map([
  [3, 'calls twice'],
  [6, 'withheld'],
  [12, 'hangs up'],
  [24, 'other phone'],
  [30, 'sent twice'],
]);
const EVERY = 36;

/** Each firm comes in its van, a few people by themselves; what looks like chance is the same every time. */
export function planArrivals(crew: readonly CrewMember[]): readonly Arrival[] {
  const vans = [0.2, 0.55, 0.35, 0.85, 0.7];
  return crew
    .map((member, place) => {
      const scatter = (place * 0.618034) % 1;
      const van = vans[crewFirms.indexOf(member.firm)] ?? 0.5;
      const share = place % 6 === 5 ? scatter : Math.min(1, Math.max(0, van + (scatter - 0.5) * 0.25));
      const odd = ODDITIES.get(place % EVERY);
      return { member, share, ...(odd ? { odd } : {}) };
    })
    .sort((one, other) => one.share - other.share);
}

/** What an arrival does with its telephone, each entry a call of its own. */
export function callsOf({
  member,
  odd,
}: Arrival): readonly Pick<CallToPlay, 'from' | 'withheld' | 'hangupAfterMs' | 'repeat'>[] {
  const { number: from } = member;
  switch (odd) {
    case 'withheld':
      return [{ from, withheld: true }];
    case 'hangs up':
      return [{ from, hangupAfterMs: 0 }];
    case 'calls twice':
      return [{ from }, { from }];
    case 'other phone':
      return [{ from: from.replace(/^\+8190/, '+8170') }];
    case 'sent twice':
      return [{ from, repeat: true }];
    default:
      return [{ from }];
  }
}

/** The day to play: `today`, or the day after the last one that the site knows. */
export function nextMorning(today: Day, known: readonly { readonly workDate: string }[]): Day {
  const last = known.reduce((latest, { workDate }) => (workDate > latest ? workDate : latest), '');
  return last < today ? today : addDays(last as Day, 1);
}

/** RFC 3339 of a share of the morning. */
export function morningAt(day: Day, share: number): string {
  return minuteOf(day, FIRST_MINUTE + share * MINUTES);
}

/** RFC 3339 of the time at which people go home. */
export function eveningOf(day: Day): string {
  return minuteOf(day, EVENING_MINUTE);
}

function minuteOf(day: Day, minutes: number): string {
  return tokyoText(new Date(startOfDay(day).getTime() + minutes * 60_000));
}
