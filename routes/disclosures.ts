import { z } from 'zod';
import type { Reach } from '../src/domain/reach.ts';
import {
  type Disclosure,
  DisclosureChange,
  type DisclosureItem,
  disclosureItems,
  openItems,
  shownSwitches,
} from '../src/domain/disclosure.ts';
import { presentEmployment } from '../src/domain/employment.ts';
import { type Day, FirmId, WorkerId } from '../src/domain/ids.ts';
import { mapOutcome, refuse } from '../src/domain/outcome.ts';
import { neededQualifications } from '../src/domain/needed-qualifications.ts';
import { rosterInsurance } from '../src/domain/roster-insurance.ts';
import { tokyoDay } from '../src/domain/work-day.ts';
import type { Worker } from '../src/domain/worker.ts';
import { type Endpoint, type Given, endpoint } from '../src/http/endpoint.ts';
import type { Clock } from '../src/ports.ts';
import type { DisclosureService, Profile } from '../src/services/keep-disclosure.ts';
import { NeededQualificationsView } from './qualification-body.ts';
import { RosterInsuranceView } from './roster-line-view.ts';

const Item = z.enum(disclosureItems);
const SwitchesView = z.record(Item, z.boolean());

const DisclosureView = z
  .object({ worker: SwitchesView, employer: SwitchesView, open: z.array(Item) })
  .meta({ id: 'Disclosure' });

const Change = z
  .strictObject({ worker: DisclosureChange.exactOptional(), employer: DisclosureChange.exactOptional() })
  .meta({ id: 'DisclosureChange' });

const ProfileView = z
  .object({
    id: WorkerId,
    name: z.string(),
    kana: z.string(),
    employerId: FirmId.nullable(),
    disclosed: z.array(Item),
    jobTypes: z.array(z.string()).exactOptional(),
    level: z.number().exactOptional(),
    ccusId: z.string().exactOptional(),
    language: z.string().exactOptional(),
    employedSince: z.string().exactOptional(),
    insurance: RosterInsuranceView.exactOptional(),
    qualifications: NeededQualificationsView.exactOptional(),
    /** Whether there is one; it is read at `/workers/{id}/photo`. */
    facePhoto: z.boolean().exactOptional(),
  })
  .meta({ id: 'WorkerProfile' });

const tag = 'workers';
const one = { params: z.object({ id: WorkerId }) };

interface Parts {
  readonly disclosureService: DisclosureService;
  readonly clock: Pick<Clock, 'now'>;
}

/** What is disclosed of a worker, and what others may see of him at a site. */
export function disclosureRoutes({ disclosureService, clock }: Parts): readonly Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/workers/{id}/disclosure',
      summary: 'What worker and employer disclose to other firms, and what is open by both',
      tag,
      scope: 'read',
      access: { right: ['worker', 'read-disclosure'], one: ({ params }) => params.id },
      request: one,
      response: { status: 200, body: DisclosureView, etag: true },
      refusals: ['not-found'],
      handle: async ({ params }) =>
        mapOutcome(await disclosureService.find(params.id), ({ disclosure }) => disclosureView(disclosure)),
    }),
    endpoint({
      method: 'patch',
      path: '/workers/{id}/disclosure',
      summary: 'Open or hide items, each side its own',
      tag,
      scope: 'write',
      access: { right: ['worker', 'disclose'], one: ({ params }) => params.id },
      request: { ...one, body: Change },
      response: { status: 200, body: DisclosureView },
      refusals: ['not-found', 'not-allowed', 'conflict'],
      handle: async ({ params, body, reach }) => {
        const side = await foreignSide(reach, params.id, body);
        if (side) return refuse('not-allowed', side);
        return mapOutcome(await disclosureService.change(params.id, body), disclosureView);
      },
    }),
    endpoint({
      method: 'get',
      path: '/workers/{id}/profile',
      summary: 'A worker as others see him at a running site: his name, his employer, and what both disclose',
      tag,
      scope: 'read',
      access: { right: ['worker', 'profile'], one: ({ params }) => params.id },
      request: one,
      response: { status: 200, body: ProfileView },
      refusals: ['not-found'],
      handle: async ({ params, reach }) => {
        const isOwn = await reach.admits(['worker', 'read'], params.id);
        const whole = isOwn || (await reach.admits(['worker', 'read-as-proxy'], params.id));
        const today = tokyoDay(clock.now());
        return mapOutcome(await disclosureService.profile(params.id, whole), (profile) => profileView(profile, today));
      },
    }),
  ];
}

/** The side that is not the asker's, though he wants to set it. */
async function foreignSide(reach: Reach, id: WorkerId, body: z.infer<typeof Change>): Promise<string | undefined> {
  if (body.worker && !(await reach.admits(['worker', 'disclose-as-worker'], id))) return 'worker';
  if (body.employer && !(await reach.admits(['worker', 'disclose-as-employer'], id))) return 'employer';
  return undefined;
}

function disclosureView(disclosure: Disclosure): z.infer<typeof DisclosureView> {
  const { worker, employer } = disclosure;
  return { worker: shownSwitches(worker), employer: shownSwitches(employer), open: [...openItems(disclosure)] };
}

function profileView({ worker, items }: Profile, today: Day): Given<z.infer<typeof ProfileView>> {
  const { id, name, kana, employerId } = worker;
  const shown = items.flatMap((item) => {
    const value = valueOf(worker, item, today);
    return value === undefined ? [] : [[item, value] as const];
  });
  return { id, name, kana, employerId, disclosed: [...items], ...Object.fromEntries(shown) };
}

function valueOf(worker: Worker, item: DisclosureItem, today: Day): unknown {
  if (item === 'jobTypes') return [...worker.jobTypes];
  if (item === 'insurance') return rosterInsurance(worker, today);
  if (item === 'qualifications') return [...neededQualifications(worker, today)];
  if (item === 'facePhoto') return worker.facePhoto !== undefined;
  if (item !== 'employedSince') return worker[item];
  return presentEmployment(worker)?.from;
}
