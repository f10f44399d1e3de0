import { randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import { collectionOf } from '../models/collection.ts';
import { createWorkerStore } from '../models/worker-store.ts';
import { openVault } from '../src/compose-vault.ts';
import type { Worker } from '../src/domain/worker.ts';
import type { MasterCipher } from '../src/services/number-cipher.ts';
import type { Day, E164, FirmId, WorkerId } from '../src/domain/ids.ts';

/** Small sites with a line each and their people with a telephone each, written straight into the registers' collections. */
export interface Crowd {
  /** Who calls which line; neighbours in the list are at different sites. */
  readonly callers: readonly { readonly number: string; readonly line: string }[];
}

const CHUNK = 500;
const PEOPLE_PER_SITE = 30;

/** Writes a builder with `count` workers under names and numbers that nobody has. */
export async function writeCrowd(connection: Connection, cipher: MasterCipher, count: number): Promise<Crowd> {
  const run = randomBytes(4).toString('hex');
  const [primeId, firmId] = [`frm_p${run}`, `frm_t${run}`];
  const insert = (name: string, docs: { _id: string }[]) => collectionOf(connection, name).insertMany(docs);
  const { vault } = openVault(connection, { cipher, clock: { real: () => new Date() }, randomBytes });
  const workers = createWorkerStore(connection, vault);
  await insert('firms', [firmDoc(primeId), firmDoc(firmId)]);
  const sites = Array.from({ length: Math.ceil(count / PEOPLE_PER_SITE) }, (_unused, place) => ({
    siteId: `sit_${run}n${String(place)}`,
    line: `+8150${String(10_000_000 + ((Number.parseInt(run, 16) + place) % 80_000_000))}`,
  }));
  await insert(
    'sites',
    sites.map(({ siteId }) => siteDoc(siteId, primeId)),
  );
  await insert(
    'lines',
    sites.map(({ siteId, line }) => lineDoc(siteId, line)),
  );
  const numbers = Array.from({ length: count }, (_unused, place) => numberOf(run, place));
  for (let from = 0; from < count; from += CHUNK) {
    const chunk = numbers.slice(from, from + CHUNK);
    await workers.createMany(chunk.map((_number, place) => workerOf(`wrk_${run}n${String(from + place)}`, firmId)));
    await insert(
      'phoneNumbers',
      chunk.map((number, place) =>
        phoneDoc(cipher, number, { workerId: `wrk_${run}n${String(from + place)}`, primeId }),
      ),
    );
  }
  return { callers: numbers.map((number, place) => ({ number, line: sites[place % sites.length]?.line ?? '' })) };
}

function firmDoc(id: string) {
  return {
    _id: id,
    id,
    rev: 1,
    name: '計測建設株式会社',
    kana: 'ケイソクケンセツ',
    kind: 'corporation',
    ccusId: '00000000000022',
  };
}

function lineDoc(siteId: string, line: string) {
  return {
    _id: line,
    rev: 1,
    purpose: 'attendance',
    direction: 'both',
    answer: 'always',
    state: 'open',
    siteId,
    number: line,
  };
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

function workerOf(id: string, firmId: string): Worker {
  const named = { name: '計測 太郎', kana: 'ケイソク タロウ', ccusId: '00000000000021', jobTypes: ['34-01'] };
  const rest = { workerCode: '000000', hasPin: false, language: 'ja', alwaysSpeak: false } as const;
  const employerId = firmId as FirmId;
  const employments = [{ firmId: employerId, from: '2026-01-01' as Day }];
  return { id: id as WorkerId, ...named, employerId, ...rest, employments };
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
