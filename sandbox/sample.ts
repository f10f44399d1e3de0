import { buildCcusId } from '../src/domain/ccus-id.ts';
import type { Firm } from '../src/domain/firm.ts';
import type { Known } from './known-store.ts';

/** A small builder as a user would type it in: keys stand where our own ids are still to be given out. */
export interface Sample {
  readonly firms: readonly SampleFirm[];
  readonly workers: readonly SampleWorker[];
  readonly sites: readonly SampleSite[];
  readonly lines: readonly { readonly number: string; readonly site: string }[];
  readonly phones: readonly SamplePhone[];
  /** The call that works at once. */
  readonly firstCall: { readonly from: string; readonly to: string };
}

interface Named {
  readonly key: string;
  readonly name: string;
  readonly kana: string;
}

interface SampleFirm extends Named {
  readonly kind: Firm['kind'];
  readonly ccusId?: string;
  readonly capitalYen?: number;
  readonly usualUpper?: string;
}

interface SampleWorker extends Named {
  readonly employer: string;
  readonly ccusId: string;
  readonly jobTypes: readonly string[];
}

interface SampleSite extends Named {
  readonly address: string;
  readonly ccusId: string;
  readonly prime: string;
  readonly historyPeriod: { readonly from: string; readonly to: string };
}

interface SamplePhone {
  readonly number: string;
  readonly workers: readonly string[];
  readonly shared: boolean;
  readonly upperFirm?: string;
  readonly standingConsent: boolean;
  readonly jobType: string;
  readonly position: string;
  readonly validFrom: string;
}

const CARPENTER = '34-01';
const FINISHING_CARPENTER = '34-03';
const PLUMBER = '36-01';
const WATER_SUPPLY = '36-02';

const START = '2025-04-01';
const historyPeriod = { from: START, to: '2035-03-31' };

/** Serials far above those that were given out; the ids follow the digit rule and belong to nobody. */
const FICTITIOUS = 99_000_000_000;
const firmId = (serial: number) => buildCcusId('firm', FICTITIOUS + serial);
const workerId = (serial: number) => buildCcusId('worker', FICTITIOUS + serial);
const siteId = (serial: number) => buildCcusId('site', FICTITIOUS + serial);

const prime: SampleFirm = {
  key: 'prime',
  name: '見本建設株式会社',
  kana: 'ミホンケンセツ',
  kind: 'corporation',
  ccusId: firmId(1),
  capitalYen: 30_000_000,
};
const carpenters: SampleFirm = {
  key: 'carpenters',
  name: '例示工務店有限会社',
  kana: 'レイジコウムテン',
  kind: 'corporation',
  ccusId: firmId(2),
  capitalYen: 5_000_000,
  usualUpper: 'prime',
};
const plumbers: SampleFirm = {
  key: 'plumbers',
  name: '試作設備工業',
  kana: 'シサクセツビコウギョウ',
  kind: 'sole-proprietor',
  ccusId: firmId(3),
  usualUpper: 'carpenters',
};
/** Has no id of the registry, so it stands in trees by name only. */
const solo: SampleFirm = {
  key: 'solo',
  name: '仮名工匠',
  kana: 'カメイコウショウ',
  kind: 'solo-contractor',
  usualUpper: 'carpenters',
};

const worker = (serial: number, employer: SampleFirm, named: Named, ...jobTypes: string[]): SampleWorker => ({
  ...named,
  employer: employer.key,
  ccusId: workerId(serial),
  jobTypes,
});

const workers = [
  worker(1, prime, { key: 'taro', name: '見本 太郎', kana: 'ミホン タロウ' }, CARPENTER),
  worker(2, carpenters, { key: 'jiro', name: '例示 二郎', kana: 'レイジ ジロウ' }, CARPENTER, FINISHING_CARPENTER),
  worker(3, carpenters, { key: 'hanako', name: '見本 花子', kana: 'ミホン ハナコ' }, FINISHING_CARPENTER),
  worker(4, carpenters, { key: 'saburo', name: '例示 三郎', kana: 'レイジ サブロウ' }, CARPENTER),
  worker(5, plumbers, { key: 'shiro', name: '試作 四郎', kana: 'シサク シロウ' }, PLUMBER, WATER_SUPPLY),
  worker(6, plumbers, { key: 'goro', name: '試作 五郎', kana: 'シサク ゴロウ' }, PLUMBER),
  worker(7, plumbers, { key: 'mutsumi', name: '見本 六実', kana: 'ミホン ムツミ' }, WATER_SUPPLY, PLUMBER),
  worker(8, solo, { key: 'juro', name: '仮名 十郎', kana: 'カメイ ジュウロウ' }, CARPENTER),
];

const site = (serial: number, named: Named, address: string): SampleSite => ({
  ...named,
  address,
  ccusId: siteId(serial),
  prime: prime.key,
  historyPeriod,
});

const sites = [
  site(
    1,
    { key: 'apartments', name: '見本町共同住宅新築工事', kana: 'ミホンマチキョウドウジュウタク' },
    '見本県見本市見本町1-1',
  ),
  site(2, { key: 'school', name: '例示小学校改修工事', kana: 'レイジショウガッコウカイシュウ' }, '見本県例示市例示2-2'),
  site(3, { key: 'clinic', name: '試作診療所増築工事', kana: 'シサクシンリョウジョゾウチク' }, '見本県試作市試作3-3'),
];

const phone = (last: string, names: readonly string[], upper: SampleFirm | undefined, work: string[]): SamplePhone => ({
  number: `+8190111122${last}`,
  workers: names,
  shared: names.length > 1,
  ...(upper && { upperFirm: upper.key }),
  standingConsent: true,
  jobType: work[0] ?? CARPENTER,
  position: work[1] ?? 'NONE',
  validFrom: START,
});

const phones = [
  phone('01', ['jiro'], prime, [CARPENTER, 'FOREMAN']),
  phone('02', ['hanako'], prime, [FINISHING_CARPENTER]),
  phone('03', ['saburo'], prime, [CARPENTER]),
  phone('04', ['shiro'], carpenters, [PLUMBER, 'GROUP_LEADER']),
  phone('05', ['goro', 'mutsumi'], carpenters, [PLUMBER]),
  phone('06', ['juro'], carpenters, [CARPENTER]),
  phone('07', ['taro'], undefined, [CARPENTER]),
];

const firms = [prime, carpenters, plumbers, solo];

/** One builder with three sites, two tiers of subcontractors and a contractor without id; everything is made up. */
export const sample: Sample = {
  firms,
  workers,
  sites,
  lines: sites.map(({ key }, place) => ({ number: `+81503100010${place + 1}`, site: key })),
  phones,
  firstCall: { from: '+819011112201', to: '+815031000101' },
};

const registeredId = (key: string) => firms.find((firm) => firm.key === key)?.ccusId;

/** The same builder as the registry knows it. */
export const registrySample: Known = {
  firms: firms.flatMap(({ ccusId, name }) => (ccusId === undefined ? [] : [{ ccusId, name }])),
  workers: workers.map(({ ccusId, name, employer, jobTypes }) => ({
    ccusId,
    name,
    employerCcusId: registeredId(employer) ?? null,
    jobTypes,
  })),
  sites: sites.map(({ ccusId, name }) => ({
    ccusId,
    name,
    primeCcusId: firmId(1),
    from: historyPeriod.from,
    to: historyPeriod.to,
  })),
};
