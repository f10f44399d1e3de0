import { z } from 'zod';
import { Day, SiteId } from '../src/domain/ids.ts';
import { mapOutcome, refuse, accept } from '../src/domain/outcome.ts';
import { present } from '../src/domain/present.ts';
import type { Reach } from '../src/domain/reach.ts';
import { type Submission, submissionSteps } from '../src/domain/roster-submission.ts';
import type { RosterChanges, RosterFirm, RosterMember } from '../src/domain/roster-version.ts';
import { plainText } from '../src/domain/text.ts';
import { tokyoDay, tokyoText } from '../src/domain/work-day.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import { answerPage, listQuery, pageOf } from '../src/http/paging.ts';
import type { ForViewer, SiteStore } from '../src/ports.ts';
import type { RosterReader, ShownVersion } from '../src/services/read-rosters.ts';
import { rosterPerson } from './roster-line-view.ts';

const tag = 'sites';
const path = '/sites/{id}/roster/versions';
const site = z.object({ id: SiteId });
const one = z.object({ id: SiteId, version: z.coerce.number().int().min(1).max(1_000_000) });

const { insurance: _insurance, ...person } = rosterPerson;
const Person = z.object(person);
const FirmOnRoster = z.object({ firmId: z.string(), name: z.string(), upperFirmIds: z.array(z.string()) });
const changesOf = <T extends z.ZodType>(item: T) =>
  z.object({ added: z.array(item), left: z.array(item), changed: z.array(z.object({ before: item, after: item })) });

const SubmissionView = z
  .object({
    state: z.enum(['not-submitted', ...submissionSteps]),
    steps: z.array(
      z.object({ state: z.enum(submissionSteps), on: Day, by: z.string(), note: z.string().exactOptional() }),
    ),
  })
  .meta({ id: 'RosterSubmission' });

const version = {
  version: z.number().int(),
  at: z.string(),
  /** The day as of which it speaks. */
  day: Day,
  firms: changesOf(FirmOnRoster),
  workers: changesOf(Person),
  /** Whether it was handed in to the client; null where works are not public, or where only a part of the site is seen. */
  submission: SubmissionView.nullable(),
};
const VersionView = z.object(version).meta({ id: 'RosterVersion' });
const WholeVersionView = z
  .object({
    ...version,
    roster: z.object({ firms: z.array(FirmOnRoster), workers: z.array(z.object(rosterPerson)) }),
  })
  .meta({ id: 'WholeRosterVersion' });

const NewSubmission = z
  .strictObject({
    state: z.enum(submissionSteps),
    /** Today without it. */
    on: Day.exactOptional(),
    note: plainText(500).exactOptional(),
  })
  .meta({ id: 'NewRosterSubmission' });

interface Parts {
  readonly sites: ForViewer<SiteStore>;
  readonly rosterReader: RosterReader;
}

/** The versions of a site's roster, and what became of those that were handed in (PR-063). */
export function rosterVersionRoutes(parts: Parts): readonly Endpoint[] {
  return [...readings(parts), submitting(parts)];
}

function readings({ sites, rosterReader }: Parts): readonly Endpoint[] {
  const isKnown = async (id: SiteId, reach: Reach) =>
    (await sites.findWithin(id, await reach.within(['site', 'people']))) !== undefined;
  const looking = async (siteId: SiteId, reach: Reach) => ({ siteId, seen: await reach.seenAt(siteId), reach });
  return [
    endpoint({
      method: 'get',
      path,
      summary: 'The versions of the roster, the latest first: who was added, has left, or changed (PR-063)',
      tag,
      scope: 'read',
      access: { right: ['site', 'people'], one: ({ params }) => params.id },
      request: { params: site, query: listQuery({}) },
      response: { status: 200, body: pageOf(VersionView) },
      refusals: ['not-found'],
      handle: async ({ params: { id }, query, reach }) => {
        if (!(await isKnown(id, reach))) return refuse('not-found');
        const request = { limit: query.limit, ...present({ after: query.cursor }) };
        const page = await rosterReader.page(await looking(id, reach), request);
        return accept(answerPage(page, versionView));
      },
    }),
    endpoint({
      method: 'get',
      path: `${path}/{version}`,
      summary: 'One version of the roster whole, with the insurances as of its day',
      tag,
      scope: 'read',
      access: { right: ['site', 'people'], one: ({ params }) => params.id },
      request: { params: one },
      response: { status: 200, body: WholeVersionView },
      refusals: ['not-found'],
      handle: async ({ params: { id, version: number }, reach }) => {
        if (!(await isKnown(id, reach))) return refuse('not-found');
        const found = await rosterReader.find(await looking(id, reach), number);
        return mapOutcome(found, ({ people, standing, ...shown }) => ({
          ...versionView(shown),
          roster: {
            firms: standing,
            workers: people.map((one) => ({ ...one, jobType: one.jobType ?? null, position: one.position ?? null })),
          },
        }));
      },
    }),
  ];
}

function submitting({ rosterReader }: Parts): Endpoint {
  return endpoint({
    method: 'post',
    path: `${path}/{version}/submissions`,
    summary: 'Note that a version was handed in to the client of public works, accepted or returned (PR-063)',
    tag,
    scope: 'write',
    access: { right: ['site', 'submit-roster'], one: ({ params }) => params.id },
    request: { params: one, body: NewSubmission },
    response: { status: 201, body: SubmissionView },
    refusals: ['not-found', 'not-public-works', 'submission-order', 'day-in-future', 'conflict'],
    handle: async ({ params: { id, version: number }, body: { state, on, note }, viewer }) =>
      mapOutcome(
        await rosterReader.submit({ siteId: id, version: number, state, by: viewer.keyId, ...present({ on, note }) }),
        submissionView,
      ),
  });
}

function submissionView({ state, steps }: Submission) {
  return { state, steps };
}

function versionView({ version: kept, submission, nameOf, firmNameOf }: ShownVersion) {
  const firm = ({ firmId, upperFirmIds }: RosterFirm) => ({ firmId, name: firmNameOf(firmId), upperFirmIds });
  const worker = ({ workerId, firmId, jobType, position }: RosterMember) => ({
    ...{ workerId, name: nameOf(workerId), firmId, firmName: firmNameOf(firmId) },
    ...{ jobType: jobType ?? null, position: position ?? null },
  });
  return {
    version: kept.version,
    at: tokyoText(kept.at),
    day: tokyoDay(kept.at),
    firms: turned(kept.firms, firm),
    workers: turned(kept.workers, worker),
    submission: submission && submissionView(submission),
  };
}

function turned<T, U>({ added, left, changed }: RosterChanges<T>, turn: (item: T) => U): RosterChanges<U> {
  return {
    added: added.map(turn),
    left: left.map(turn),
    changed: changed.map(({ before, after }) => ({ before: turn(before), after: turn(after) })),
  };
}
