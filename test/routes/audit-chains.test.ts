import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { createAuditStore } from '../../models/audit-store.ts';
import { collectionOf } from '../../models/collection.ts';
import { type AuditEntry, type NotedEnd, entryId } from '../../src/domain/audit.ts';
import { digestOf } from '../../src/domain/digest.ts';
import { createNumberCipher } from '../../src/services/number-cipher.ts';
import { type BadEntry, verifyAudit } from '../../src/services/verify-audit.ts';
import { type AdminApi, MASTER_KEY, openAdminApi } from '../support/admin-api.ts';

type Entry = AuditEntry & { readonly _id: string };

describe('the chains of the audit, for whoever has the database and not the master key', () => {
  const LAST = 4;
  let api: AdminApi;
  let chain: string;
  let audit: ReturnType<typeof collectionOf<Entry>>;
  let ends: ReturnType<typeof collectionOf<NotedEnd & Pick<Entry, '_id'>>>;
  let whole: readonly Entry[];

  beforeEach(async () => {
    api = await openAdminApi();
    audit = collectionOf(api.connection, 'audit');
    ends = collectionOf(api.connection, 'auditEnds');
    chain = (await api.firm()).id;
    for (let i = 1; i < LAST; i += 1) await api.worker(chain);
    whole = await audit.find({ chain }).sort({ _id: 1 }).toArray();
  });
  afterEach(() => api.close());

  const verdicts = async () => {
    const cipher = createNumberCipher(MASTER_KEY, randomBytes);
    const found = [];
    for await (const one of verifyAudit({ audit: createAuditStore(api.connection), cipher })) found.push(one);
    return found;
  };
  const expectBad = async (seq: number, why: BadEntry['why']) => {
    const bad = (await verdicts()).flatMap(({ firstBad }) => (firstBad ? [firstBad] : []));
    expect(bad.map((one) => [one.id, one.why])).to.deep.equal([[entryId(chain, seq), why]]);
  };
  const expectGood = async () => {
    for (const one of await verdicts()) expect(one).to.not.have.property('firstBad');
  };
  /** Writes every entry from this one on anew, each with the hash that anybody can make. */
  const rewrite = async (from: number, change: object) => {
    let previous = whole[from - 2]?.hash ?? '';
    for (const { _id, hash: _hash, ...entry } of whole.slice(from - 1)) {
      const forged = { ...entry, ...change, previous };
      previous = digestOf(forged);
      await audit.replaceOne({ _id }, { ...forged, hash: previous });
    }
  };

  it('are good as they were written', expectGood);

  for (const from of [LAST, 2])
    it(`name entry ${String(from)} where it and all after it were written anew with hashes of their own`, async () => {
      await rewrite(from, { by: 'somebody-else' });
      await expectBad(from, 'changed');
    });

  it('are not replaced from the beginning', async () => {
    await rewrite(1, { by: 'somebody-else' });
    await expectBad(LAST, 'changed');
    await ends.deleteOne({ _id: chain });
    expect((await verdicts()).find((one) => one.chain === chain)).to.include({ plain: LAST });
  });

  it('miss entries that were cut off their end, also all of them', async () => {
    await audit.deleteOne({ _id: entryId(chain, LAST) });
    await expectBad(LAST, 'missing');
    await audit.deleteMany({ chain });
    await expectBad(1, 'missing');
  });

  it('take no entry of another chain, and no two in another order', async () => {
    const other = (await api.firm()).id;
    for (let i = 1; i < LAST; i += 1) await api.worker(other);
    const id = entryId(chain, 3);
    const { _id, ...theirs } = (await audit.findOne({ _id: entryId(other, 3) })) ?? {};
    await audit.replaceOne({ _id: id }, theirs as AuditEntry);
    await expectBad(3, 'changed');
    await audit.replaceOne({ _id: id }, { ...(theirs as AuditEntry), id, chain });
    await expectBad(3, 'changed');
    for (const seq of [2, 3]) await audit.deleteOne({ _id: entryId(chain, seq) });
    const [, second, third] = whole as [Entry, Entry, Entry];
    await audit.insertMany([
      { ...third, _id: second._id, id: second.id, seq: 2 },
      { ...second, _id: third._id, id: third.id, seq: 3 },
    ]);
    await expectBad(2, 'changed');
  });

  it('know their end: what was noted of it can neither be changed nor taken away', async () => {
    await ends.updateOne({ _id: chain }, { $set: { seq: 2, hash: whole[1]?.hash ?? '' } });
    await expectBad(2, 'end-changed');
    await ends.deleteOne({ _id: chain });
    await expectBad(LAST, 'end-missing');
    await api.worker(chain);
    await expectGood();
  });

  it('go on after entries of before, which had no key, and say how many those are', async () => {
    await rewrite(1, {});
    await ends.deleteOne({ _id: chain });
    const verdict = async () => (await verdicts()).find((one) => one.chain === chain);
    expect(await verdict()).to.include({ entries: LAST, plain: LAST });
    await api.worker(chain);
    expect(await verdict()).to.include({ entries: LAST + 1, plain: LAST });
    await expectGood();
  });
});
