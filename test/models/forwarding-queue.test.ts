import { expect } from 'chai';
import type { Connection } from 'mongoose';
import { connect } from '../../models/connection.ts';
import { createForwardingStore } from '../../models/forwarding-store.ts';
import { createPersonTraces } from '../../models/person-traces.ts';
import type { NewForwarding } from '../../src/domain/forwarding.ts';
import type { SiteId, WorkerId } from '../../src/domain/ids.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

describe('the queue of hand-overs', () => {
  let database: FreshDatabase;
  let connection: Connection;
  const now = new Date('2026-11-24T08:00:00Z');
  const later = new Date('2026-11-24T08:01:00Z');
  const workerId = 'wkr_1' as WorkerId;

  before(async () => {
    database = await freshDatabase();
    connection = await connect(database.uri, 2);
  });
  after(async () => {
    await connection.close();
    await database.drop();
  });

  it('does not bring back what was withdrawn while it was being sent', async () => {
    const store = createForwardingStore(connection, () => now);
    const line = { siteId: 'sit_1', workerId, firmId: 'frm_1' } as never;
    const item = { key: 'sit_1:wkr_1', siteId: 'sit_1' as SiteId, workerId, facts: 1, hash: 'one' };
    const fresh: NewForwarding = { ...item, kind: 'roster', content: { kind: 'roster', line } };
    await store.enqueue([fresh]);
    const [sending = expect.fail('nothing was due')] = await store.take({ owner: 'a', now, until: later, limit: 9 });
    await createPersonTraces(connection).withdraw(workerId);
    await store.finish([{ item: sending, end: { state: 'pending', attempts: 1, dueAt: now } }]);
    expect((await store.latest('roster', [item.key])).get(item.key)?.state).to.equal('withdrawn');
    expect(await store.take({ owner: 'b', now: later, until: later, limit: 9 })).to.deep.equal([]);
  });
});
