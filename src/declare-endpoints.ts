import { registerEndpoints } from '../routes/admin.ts';
import { alarmRoutes } from '../routes/alarms.ts';
import { callRoutes } from '../routes/calls.ts';
import { correctionRoutes } from '../routes/corrections.ts';
import { erasureRoutes } from '../routes/erasures.ts';
import { exceptionRoutes } from '../routes/exceptions.ts';
import { forwardingRoutes } from '../routes/forwardings.ts';
import { historyRoutes } from '../routes/histories.ts';
import { phoneListRoutes } from '../routes/phone-list-files.ts';
import { mergingRoutes } from '../routes/merging.ts';
import { noticeRoutes } from '../routes/notices.ts';
import { ownDataRoutes } from '../routes/own-data.ts';
import { promptRoutes } from '../routes/prompt-previews.ts';
import { retentionRoutes } from '../routes/retention-terms.ts';
import { rosterVersionRoutes } from '../routes/roster-versions.ts';
import { runRoutes } from '../routes/runs.ts';
import { siteViewRoutes } from '../routes/site-views.ts';
import type { Attendance } from './compose-attendance.ts';
import type { Stores } from './compose-stores.ts';
import type { Endpoint } from './http/endpoint.ts';
import type { Clock } from './ports.ts';
import { createCollectOwnData } from './services/collect-own-data.ts';
import type { Registers } from './services/create-registers.ts';
import { createRosterReader } from './services/read-rosters.ts';
import { createDescribePeople } from './services/view-roster.ts';
import { createSiteViews } from './services/view-site.ts';

export interface Declared {
  readonly stores: Stores;
  readonly registers: Registers;
  readonly attendance: Attendance;
  readonly lists: Parameters<typeof phoneListRoutes>[0];
  readonly clock: Clock;
}

/** Every endpoint of the admin API; declaring them touches nothing of what they are given. */
export function declareEndpoints({ stores, registers, attendance, lists, clock }: Declared): readonly Endpoint[] {
  const { alarms, projections, corrections, forwardings, runs, reconciliations } = stores;
  const describePeople = createDescribePeople({ ...stores, clock });
  return [
    ...registerEndpoints(registers),
    ...phoneListRoutes(lists),
    ...siteViewRoutes({
      sites: stores.sites,
      siteViews: createSiteViews({ ...stores, ...attendance, clock, describePeople }),
    }),
    ...rosterVersionRoutes({
      sites: stores.sites,
      rosterReader: createRosterReader({ ...stores, ...registers, describePeople, clock }),
    }),
    ...ownDataRoutes({ collectOwnData: createCollectOwnData({ ...stores, ...registers }) }),
    ...noticeRoutes(stores),
    ...erasureRoutes(attendance),
    ...retentionRoutes(attendance),
    ...mergingRoutes({ ...attendance, ...registers }),
    ...historyRoutes(attendance),
    ...callRoutes(stores),
    ...exceptionRoutes({ projections, act: attendance.act, catalogs: registers.catalogs }),
    ...correctionRoutes({ corrections, correct: attendance.correct, catalogs: registers.catalogs }),
    ...promptRoutes(),
    ...alarmRoutes({ alarms }),
    ...forwardingRoutes({ forwardings, now: () => clock.real(), nudge: attendance.nudgeForwarding }),
    ...runRoutes({ runs, reconciliations, runJob: attendance.runJob, now: () => clock.now() }),
  ];
}
