import { newCallId, phone } from './caller.ts';
import type { Instance } from './line.ts';
import type { Builder, Office } from './office.ts';

/** Calls, days, exceptions, corrections, hand-overs, a plan and a key of the first builder; their ids by parameter. */
export async function leaveTraces(desk: Office, instance: Instance, ours: Builder): Promise<Record<string, string>> {
  const [first, second] = ours.people;
  if (!first || !second) throw new Error('the builder has two people');
  const callId = newCallId();
  await phone(instance.url).call({ from: first.number, to: ours.line, callId });
  await phone(instance.url).call({ from: '+819077770001', to: ours.line });
  const one = async (path: string) =>
    desk.until(path, async () =>
      (await desk.all<{ id: string; siteId: string | null }>(path)).find(({ siteId }) => siteId === ours.siteId),
    );
  const history = await one('/histories');
  const exception = await one('/exceptions');
  const forwarding = await one('/forwardings');
  const correction = await desk.ask<{ id: string }>('POST', '/corrections', {
    ...{ siteId: ours.siteId, workerId: first.id, workDate: '2026-11-24', position: 'OTHER', reasonCode: 'wrong-key' },
  });
  const phones = await desk.all<{ id: string; workerIds: string[] }>('/phones');
  const key = await desk.ask<{ id: string }>('POST', '/keys', {
    ...{ name: 'x', role: 'site-manager', firmId: ours.primeId, scopes: ['read'] },
  });
  const account = await desk.ask<{ id: string }>('POST', '/accounts', {
    ...{ mail: 'foreign@example.jp', name: '辛', acts: [{ role: 'firm-responsible', firmId: ours.firmId }] },
  });
  const application = await desk.ask<{ id: string }>('POST', '/agent-applications', {
    ...{ agentFirmId: ours.primeId, subject: { workerId: first.id } },
  });
  return {
    application: application.id,
    account: account.id,
    firm: ours.firmId,
    prime: ours.primeId,
    worker: first.id,
    second: second.id,
    site: ours.siteId,
    line: ours.line,
    phone: phones.find(({ workerIds }) => workerIds.includes(first.id))?.id ?? '',
    call: callId,
    history: history.id,
    exception: exception.id,
    correction: correction.id,
    forwarding: forwarding.id,
    key: key.id,
    kana: second.kana,
  };
}
