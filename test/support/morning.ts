import { expect } from 'chai';
import type { Passage } from '../../src/domain/passage.ts';
import { recordedBy, standingPassages } from '../../src/domain/ledger.ts';
import { type Dial, phone } from './caller.ts';
import { type Instance, type InstanceOptions, type Line, openLine } from './line.ts';
import { type Builder, type Office, office, registerBuilder } from './office.ts';
import { isProjected } from './projected.ts';

/** A history as the tests of the line read it. */
export interface DayView {
  readonly workDate: string;
  readonly siteId: string;
  readonly entryAt: string | null;
  readonly exitAt: string | null;
  readonly flags: readonly string[];
}

/** A line with a site and its people at half past seven on 24 November 2026, and what a test asks of them most. */
export interface Morning {
  readonly line: Line;
  readonly instance: Instance;
  readonly desk: Office;
  readonly builder: Builder;
  /** Sets the business clock: `2026-11-24 07:41`, Tokyo time. */
  readonly at: (text: string) => Promise<unknown>;
  readonly person: (place: number) => Builder['people'][number];
  /** A call of that person from his own telephone, unless `dial` says another one. */
  readonly call: (place: number, dial?: Partial<Dial>) => ReturnType<ReturnType<typeof phone>['call']>;
  readonly days: (place: number) => Promise<DayView[]>;
  readonly dayWhere: (place: number, fits: (one: DayView) => boolean) => Promise<DayView>;
  /** The passages of a worker that stand, from the ledger: the truth, at once. */
  readonly standing: (place: number) => Promise<readonly Passage[]>;
  /** The kinds of exception that a call, or a worker, has left. */
  readonly raised: (filter: string, kind: string) => Promise<unknown>;
}

/** Opens a line for the tests of one file; close it by `line.close()`. */
export async function openMorning(people: number, options: InstanceOptions = {}): Promise<Morning> {
  const line = await openLine();
  const instance = await line.instance(options);
  const desk = office(instance.url);
  const at = (text: string) => line.control('PUT', '/clock', { now: `${text.replace(' ', 'T')}:00+09:00` });
  await at('2026-11-24 07:30');
  const builder = await registerBuilder(line, desk, people);
  const person = (place: number) => builder.people[place] ?? expect.fail('nobody there');
  const days = (place: number) => desk.all<DayView>(`/histories?workerId=${person(place).id}`);
  return {
    line,
    instance,
    desk,
    builder,
    at,
    person,
    days,
    call: (place, dial = {}) => phone(instance.url).call({ from: person(place).number, to: builder.line, ...dial }),
    dayWhere: (place, fits) =>
      desk.until('the history', async () => {
        const { id } = person(place);
        return (await isProjected(instance.service.stores, id)) && (await days(place)).find(fits);
      }),
    async standing(place) {
      const { id } = person(place);
      const entries = await instance.service.stores.ledger.touching([id as never], []);
      return standingPassages(recordedBy(entries, id as never));
    },
    raised: (filter, kind) =>
      desk.until(`the exception ${kind}`, async () =>
        (await desk.all<{ kind: string }>(`/exceptions?${filter}`)).some((one) => one.kind === kind),
      ),
  };
}
