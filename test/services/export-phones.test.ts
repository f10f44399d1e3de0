import { expect } from 'chai';
import fc from 'fast-check';
import { buildCcusId } from '../../src/domain/ccus-id.ts';
import { Day } from '../../src/domain/ids.ts';
import { writeCsv } from '../../src/domain/phone-list/write-list.ts';
import { present } from '../../src/domain/present.ts';
import { type ListOffice, openListOffice } from '../support/list-office.ts';

describe('the export of telephones', () => {
  const letters = [..."山田髙﨑①㈱𠮷々ヶー・，\"',;=+-@＝＋－＠ 　'a1"];
  const Name = fc
    .array(fc.constantFrom(...letters), { minLength: 1, maxLength: 12 })
    .map((chosen) => chosen.join('').trim())
    .filter((name) => name !== '');
  const Kana = fc
    .array(fc.constantFrom(...'アイウガパーヴ・ '), { minLength: 1, maxLength: 8 })
    .map((k) => `ア${k.join('').replace(/\s+/g, ' ').trim()}`);
  const Holder = fc.record({
    firm: fc.nat(2),
    name: Name,
    kana: Kana,
    known: fc.boolean(),
    shared: fc.boolean(),
    consent: fc.boolean(),
    jobType: fc.constantFrom(undefined, '34-01', '99-99'),
    ended: fc.boolean(),
    upper: fc.boolean(),
  });
  const Firms = fc.tuple(
    ...Array.from({ length: 3 }, () => fc.record({ name: Name, kana: Kana, known: fc.boolean() })),
  );

  it('can be imported again, here without any change and elsewhere to the same file', async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(Firms, fc.array(Holder, { minLength: 1, maxLength: 6 }), async (firms, holders) => {
        const from = await openListOffice();
        const to = await openListOffice();
        try {
          await fill(from, firms, holders);
          const exported = writeCsv((await from.lists.exportPhones('everything')).lines);
          const again = await takeExport(from, exported);
          expect(again).to.include({ created: 0, updated: 0 });
          await takeExport(to, exported);
          expect(writeCsv((await to.lists.exportPhones('everything')).lines)).to.equal(exported);
        } finally {
          await from.close();
          await to.close();
        }
      }),
      { numRuns: 12 },
    );
  });

  async function takeExport(office: ListOffice, file: string) {
    const uploaded = await office.lists.importer.upload(Buffer.from(file), {});
    if (!uploaded.ok) throw new Error(uploaded.code);
    expect(uploaded.value.errors, file).to.deep.equal([]);
    const committed = await office.lists.commitImport(uploaded.value.phoneImport.id);
    if (!committed.ok) throw new Error(committed.code);
    return committed.value;
  }
});

type FirmSeed = { readonly name: string; readonly kana: string; readonly known: boolean };
interface HolderSeed {
  readonly firm: number;
  readonly name: string;
  readonly kana: string;
  readonly known: boolean;
  readonly shared: boolean;
  readonly consent: boolean;
  readonly jobType: string | undefined;
  readonly ended: boolean;
  readonly upper: boolean;
}

/** Registers what a test invented; names are told apart by their place, as people tell them apart. */
async function fill(office: ListOffice, firms: readonly FirmSeed[], holders: readonly HolderSeed[]): Promise<void> {
  const { firmService, workerService, phoneService } = office.registers;
  const made: Awaited<ReturnType<typeof firmService.register>>[] = [];
  for (const [place, { name, kana, known }] of firms.entries()) {
    const ccusId = known ? { ccusId: buildCcusId('firm', place) } : {};
    made.push(await firmService.register({ name: `${name}${place}`, kana, kind: 'corporation', ...ccusId }));
  }
  const idOf = (place: number) => {
    const firm = made[place % made.length];
    if (!firm?.ok) throw new Error('no firm');
    return firm.value.id;
  };
  for (const [place, holder] of holders.entries()) {
    const ccusId = holder.known ? { ccusId: buildCcusId('worker', place) } : {};
    const { name, kana } = holder;
    const own = { name: `${name}${place}`, kana, language: 'ja', alwaysSpeak: false, jobTypes: [] } as const;
    const worker = await workerService.register({ ...own, employerId: idOf(holder.firm), ...ccusId });
    if (!worker.ok) throw new Error(worker.code);
    const phone = await phoneService.register({
      number: holder.shared ? '090-1234-9999' : `090-1234-${String(place).padStart(4, '0')}`,
      workerIds: [worker.value.id],
      shared: holder.shared,
      groupCall: false,
      upperFirms: [],
      standingConsent: holder.consent,
      validFrom: Day.parse('2026-11-01'),
      ...present({
        jobType: holder.jobType,
        validTo: holder.ended ? Day.parse('2026-11-30') : undefined,
        upperFirmId: hasUpper(holder, holders) ? idOf(0) : undefined,
      }),
    });
    if (!phone.ok) throw new Error(phone.code);
  }
}

/** The first firm is above the others; it has a line of its own only where somebody of it has a telephone. */
function hasUpper({ upper, firm }: HolderSeed, holders: readonly HolderSeed[]): boolean {
  return upper && firm !== 0 && holders.some((other) => other.firm === 0);
}
