import express, { Router } from 'express';
import { z } from 'zod';
import { Day } from '../src/domain/ids.ts';
import { CarrierCall, type CarrierList } from './carrier-list.ts';
import { FaultSetting, type Faults } from './faults.ts';
import type { KnownStore } from './known-store.ts';
import type { MessageList } from './message-list.ts';
import { type RegistryStore, keyOf } from './registry-store.ts';
import type { SandboxClock } from './sandbox-clock.ts';
import { check, missing } from './sandbox-problem.ts';

interface Parts {
  readonly store: RegistryStore;
  readonly known: KnownStore;
  readonly faults: Faults;
  readonly clock: SandboxClock;
  readonly carrier: CarrierList;
  readonly messages: MessageList;
}

const Id = z.string().regex(/^\d{14}$/, 'must be an id of fourteen digits');
const Name = z.string().min(1).max(200);
const Moment = z.iso.datetime({ offset: true });

const Known = z.object({
  firms: z.array(z.object({ ccusId: Id, name: Name })).default([]),
  workers: z
    .array(z.object({ ccusId: Id, name: Name, employerCcusId: Id.nullable(), jobTypes: z.array(z.string()) }))
    .default([]),
  sites: z.array(z.object({ ccusId: Id, name: Name, primeCcusId: Id, from: Day, to: Day })).default([]),
});

const HistoryKey = z.object({ workerId: Id, siteId: Id, workDate: Day });
const Change = z.object({
  entryAt: Moment.nullable().exactOptional(),
  exitAt: Moment.nullable().exactOptional(),
  withdrawn: z.boolean().exactOptional(),
});

/** Switches and windows of the sandbox for people and programs that try the service; not part of the registry. */
export function createControlRoutes(parts: Parts): Router {
  const router = Router();
  router.use('/control', express.json({ limit: '16mb' }));
  addHistoryRoutes(router, parts.store);
  addTreeRoute(router, parts.store);
  addSwitchRoutes(router, parts);
  addCarrierRoutes(router, parts);
  return router;
}

function addHistoryRoutes(router: Router, { histories }: RegistryStore): void {
  router.get('/control/histories', async (request, response) => {
    const { month } = check(z.object({ month: z.string().regex(/^\d{4}-\d{2}$/, 'must be YYYY-MM') }), request.query);
    const held = await histories.visible({ workDate: { $gte: `${month}-01`, $lte: `${month}-31` } });
    response.json({ items: held.map(({ item, deliveries, complete }) => ({ ...item, deliveries, complete })) });
  });
  router
    .route('/control/histories/:workerId/:siteId/:workDate')
    .put(async (request, response) => {
      const { workerId, siteId, workDate } = check(HistoryKey, request.params);
      const change = check(Change, request.body);
      const done = await histories.patch(keyOf.history(workerId, siteId, workDate), change);
      if (!done) throw missing('The registry holds no such history.');
      response.sendStatus(204);
    })
    .delete(async (request, response) => {
      const { workerId, siteId, workDate } = check(HistoryKey, request.params);
      const done = await histories.remove(keyOf.history(workerId, siteId, workDate));
      if (!done) throw missing('The registry holds no such history.');
      response.sendStatus(204);
    });
}

function addTreeRoute(router: Router, { trees, roster }: RegistryStore): void {
  router.get('/control/trees/:siteId', async (request, response) => {
    const { siteId } = check(z.object({ siteId: Id }), request.params);
    const [tree, lines] = await Promise.all([trees.item(keyOf.tree(siteId)), roster.list({ siteId })]);
    response.json({
      siteId,
      version: tree?.version ?? 0,
      nodes: (tree?.rows ?? []).map(({ firmName, upper, ...row }) => ({ ...row, name: firmName, upperFirmId: upper })),
      roster: lines.map(({ item, complete }) => ({ ...item, complete })),
    });
  });
}

function addSwitchRoutes(router: Router, { faults, known, clock }: Parts): void {
  router.put('/control/faults', async (request, response) => {
    const setting = check(FaultSetting, request.body);
    await faults.set(setting);
    response.json(setting);
  });
  router.put('/control/known', async (request, response) => {
    const added = check(Known, request.body);
    await known.put(added);
    const { firms, workers, sites } = added;
    response.json({ firms: firms.length, workers: workers.length, sites: sites.length });
  });
  router
    .route('/control/clock')
    .put(async (request, response) => {
      const { now } = check(z.object({ now: Moment }), request.body);
      await clock.set(new Date(now));
      response.json({ now });
    })
    .delete(async (_request, response) => {
      await clock.clear();
      response.sendStatus(204);
    });
}

function addCarrierRoutes(router: Router, { carrier, messages }: Parts): void {
  router
    .route('/control/carrier/calls')
    .get(async (_request, response) => {
      response.json({ items: await carrier.list({ skip: 0, limit: 1000 }) });
    })
    .post(async (request, response) => {
      const call = check(CarrierCall, request.body);
      await carrier.recordCall(call);
      response.status(201).json(call);
    });
  router.get('/control/messages', async (_request, response) => {
    response.json({ items: await messages.list() });
  });
}
