import { randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import { collectionOf } from '../models/collection.ts';
import type { MasterCipher } from '../src/services/number-cipher.ts';
import type { E164 } from '../src/domain/ids.ts';

/** A line and many people with a telephone each, written straight into the registers' collections. */
export interface Crowd {
  readonly line: string;
  readonly numbers: readonly string[];
}

const CHUNK = 500;

/** Writes a builder with `count` workers under names and numbers that nobody has. */
export async function writeCrowd(connection: Connection, cipher: MasterCipher, count: number): Promise<Crowd> {
  const run = randomBytes(4).toString('hex');
  const [primeId, firmId, siteId] = [`frm_p${run}`, `frm_t${run}`, `sit_s${run}`];
  const line = `+815031${String(Number.parseInt(run, 16) % 1_000_000).padStart(6, '0')}`;
  const insert = (name: string, docs: { _id: string }[]) => collectionOf(connection, name).insertMany(docs);
  const firm = (id: string) => ({
    _id: id,
    id,
    rev: 1,
    name: '計測建設株式会社',
    kana: 'ケイソクケンセツ',
    kind: 'corporation',
    ccusId: '00000000000022',
  });
  await insert('firms', [firm(primeId), firm(firmId)]);
  await insert('sites', [siteDoc(siteId, primeId)]);
  const rules = { purpose: 'attendance', direction: 'both', answer: 'always', state: 'open' };
  await insert('lines', [{ _id: line, rev: 1, ...rules, siteId, number: line } as { _id: string }]);
  const numbers = Array.from({ length: count }, (_unused, place) => numberOf(run, place));
  for (let from = 0; from < count; from += CHUNK) {
    const chunk = numbers.slice(from, from + CHUNK);
    await insert(
      'workers',
      chunk.map((_number, place) => workerDoc(`wrk_${run}n${String(from + place)}`, firmId)),
    );
    await insert(
      'phoneNumbers',
      chunk.map((number, place) =>
        phoneDoc(cipher, number, { workerId: `wrk_${run}n${String(from + place)}`, primeId }),
      ),
    );
  }
  return { line, numbers };
}

function numberOf(run: string, place: number): string {
  return `+8190${String(10_000_000 + ((Number.parseInt(run.slice(0, 5), 16) * 7919 + place) % 80_000_000))}`;
}

function siteDoc(id: string, primeId: string) {
  const rules = {
    methods: ['PHONE_CALL'],
    siteCode: '0000',
    treeKeeper: 'here',
    siteManagerIds: [],
    repeatWindowSec: 180,
  };
  const historyPeriod = { from: '2026-01-01', to: '2099-12-31' };
  const place = { name: '計測町共同住宅', kana: 'ケイソクマチキョウドウジュウタク', ccusId: '00000000000071' };
  return { _id: id, id, rev: 1, ...place, primeId, historyPeriod, ...rules, maxShiftHours: 14, companionDailyLimit: 5 };
}

function workerDoc(id: string, firmId: string) {
  const named = { name: '計測 太郎', kana: 'ケイソク タロウ', ccusId: '00000000000021', jobTypes: ['34-01'] };
  const rest = { workerCode: '000000', hasPin: false, language: 'ja', alwaysSpeak: false };
  return { _id: id, id, rev: 1, ...named, employerId: firmId, ...rest, employments: [{ firmId, from: '2026-01-01' }] };
}

function phoneDoc(cipher: MasterCipher, number: string, { workerId, primeId }: { workerId: string; primeId: string }) {
  const index = cipher.index(number as E164);
  const work = { standingConsent: true, jobType: '34-01', position: 'FOREMAN', upperFirmId: primeId, upperFirms: [] };
  const held = {
    id: `phn_${index}_1`,
    workerIds: [workerId],
    shared: false,
    groupCall: false,
    validFrom: '2026-01-01',
  };
  const record = { index, sealed: cipher.seal(number as E164), masked: '+81*', registrations: [{ ...held, ...work }] };
  return { _id: index, rev: 1, ...record };
}
