import { HEADINGS, openListOffice } from './support/list-office.ts';
it('perf', async function () {
  this.timeout(200000);
  const office = await openListOffice();
  const rows = Array.from({ length: 1000 }, (_, p) => `見本${p % 20}建設株式会社,ミホンケンセツ,,見本${p}郎,ミホン${p}ロウ,,090-2${String(p).padStart(3, '0')}-0001,,34-01,,,,,`);
  const file = Buffer.from([HEADINGS, ...rows].join('\n'));
  for (let i = 0; i < 2; i++) {
    const t0 = performance.now();
    const up = await office.lists.importer.upload(file, {});
    const t1 = performance.now();
    if (!up.ok) throw new Error(up.code);
    const c = await office.lists.commitImport(up.value.phoneImport.id);
    const t2 = performance.now();
    console.log('upload ms', Math.round(t1 - t0), 'commit ms', Math.round(t2 - t1), JSON.stringify(c), process.cpuUsage());
  }
  await office.close();
});
