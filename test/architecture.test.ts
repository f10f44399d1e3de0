import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { variables } from '../src/config.ts';

const ROOT = join(import.meta.dirname, '..');
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts'], { cwd: ROOT, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(ROOT, file)));
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const source = files.filter((file) => !/^(test|bench)\//.test(file));

/** Which of our files may name a package; what is not listed is free. */
const OWNERS: Readonly<Record<string, RegExp>> = {
  '@casl/ability': /^src\/services\/build-ability/,
  mongoose: /^(models\/|sandbox\/|src\/compose-|src\/service-parts|db\/proof|db\/prove)/,
  agenda: /^jobs\//,
  '@agendajs/mongo-backend': /^jobs\//,
  express: /^(routes\/|src\/http\/|sandbox\/|src\/compose|src\/start-parts)/,
  twilio: /^(ivr\/twiml|routes\/webhooks|src\/carrier\/|sandbox\/carrier-)/,
  'rate-limiter-flexible': /^routes\//,
  'mongodb-memory-server-core': /^db\//,
  'libphonenumber-js': /^(src\/domain\/|sandbox\/)/,
  '@simplewebauthn/server': /^src\/services\/keep-passkeys/,
  undici: /^(src\/registry\/|src\/carrier\/|sandbox\/)/,
};

/** What endpoints may read without saying for whom, each with its reason. */
const WITHOUT_VIEWER = [
  { where: 'routes/alarms.ts', why: 'the operator’s own: no data of firms' },
  { where: 'routes/runs.ts', why: 'jobs and what they found, the operator’s own' },
  { where: 'routes/column-mappings.ts', why: 'what headings of files mean' },
  { where: 'routes/phone-list-files.ts', why: 'the operator’s own; a person gets what he looks into' },
  { where: 'routes/status-page.ts', why: 'counts only' },
  { where: 'routes/phone-import', why: 'the operator’s own, or of whoever uploaded it: its right says so' },
  { where: "routes/calls.ts: readonly corrections: Pick<CorrectionStore, 'ofCalls'>", why: 'of calls already read' },
  { where: "routes/calls.ts: readonly ledger: Pick<LedgerStore, 'wordsOf'>", why: 'of calls already read' },
  { where: 'routes/forwardings.ts: readonly forwardings:', why: 'sends again what was found within the reach' },
  {
    where: 'routes/notices.ts: readonly notices: NoticeStore',
    why: 'a page within the reach, and a wish of a worker found within it',
  },
  { where: "routes/notices.ts: if (own === 'all') return 'everything'", why: 'of whoever reaches all workers' },
  { where: 'routes/workers.ts: const standing =', why: 'the reach, without registers that were merged into others' },
  { where: 'routes/plans.ts: readonly plans: PlanStore', why: 'of a site already found within the reach' },
] as const;

describe('the architecture', () => {
  for (const [name, allowed] of Object.entries(OWNERS)) {
    it(`keeps ${name} where it belongs`, () => {
      const named = new RegExp(`from '${name}(/[^']*)?'`);
      expect(source.filter((file) => named.test(read(file)) && !allowed.test(file))).to.deep.equal([]);
    });
  }

  it('has a pure middle: no files, no network, no clock and no chance in src/domain and ivr', () => {
    const impure = /new Date\(\)|Date\.now|Math\.random|node:(fs|net|http|child_process|timers)|performance\.now/;
    expect(source.filter((file) => /^(src\/domain|ivr)\//.test(file) && impure.test(read(file)))).to.deep.equal([]);
  });

  it('lets no endpoint read a store without saying for whom', () => {
    const bare = source
      .filter((file) => file.startsWith('routes/'))
      .flatMap((file) =>
        read(file)
          .replace(/import [^;]*;/g, '')
          .replace(/ForViewer<\w+Store>/g, '')
          .split('\n')
          .filter((text) => /\b\w+Store\b|'everything'/.test(text))
          .map((text) => `${file}: ${text.trim()}`),
      )
      .filter((text) => !WITHOUT_VIEWER.some(({ where }) => text.startsWith(where)));
    expect(bare).to.deep.equal([]);
  });

  it('exports by name and has no barrels', () => {
    expect(files.filter((file) => /^export default/m.test(read(file)) || /(^|\/)index\.ts$/.test(file))).to.deep.equal(
      [],
    );
  });

  it('gives every file a name of its own', () => {
    const names = files.map((file) => file.replace(/.*\//, ''));
    expect(names.filter((name, place) => names.indexOf(name) !== place)).to.deep.equal([]);
  });

  it('keeps files small', () => {
    const long = source.filter((file) => read(file).split('\n').length > 251);
    expect(long).to.deep.equal([]);
  });

  it('documents every variable of the environment in .env.example, and no other', () => {
    const named = [...read('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);
    expect(named.sort()).to.deep.equal(Object.keys(variables).sort());
  });
});
