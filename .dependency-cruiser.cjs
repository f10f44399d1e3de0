const only = (name, from, allowed, extra = '') => ({
  name,
  severity: 'error',
  comment: `What ${from} may import of ours is listed in docs/architecture.md.`,
  from: { path: `^${from}/`, pathNot: extra || undefined },
  to: { path: '^(src|routes|ivr|models|jobs|db|sandbox|bench|test)/', pathNot: allowed.map((p) => `^${p}`) },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    only('domain-is-pure', 'src/domain', ['src/domain/']),
    only('ivr-is-pure', 'ivr', ['ivr/', 'src/domain/']),
    only('services', 'src/services', ['src/services/', 'src/domain/', 'ivr/', 'src/ports']),
    only('http', 'src/http', ['src/http/', 'src/domain/']),
    only('routes', 'routes', ['routes/', 'src/http/', 'src/services/', 'src/domain/', 'ivr/', 'src/ports']),
    only('models', 'models', ['models/', 'src/domain/', 'ivr/', 'src/ports']),
    only('jobs', 'jobs', ['jobs/', 'src/services/', 'src/domain/', 'src/ports']),
    only('registry', 'src/registry', ['src/registry/', 'src/domain/', 'src/ports']),
    only('carrier', 'src/carrier', ['src/carrier/', 'src/domain/', 'src/ports']),
    only('spool', 'src/spool', ['src/spool/', 'src/domain/', 'src/ports']),
    only('workbook', 'src/workbook', ['src/workbook/', 'src/domain/', 'src/ports']),
    only('agi', 'src/agi', ['src/agi/', 'src/services/', 'src/domain/', 'ivr/', 'src/ports']),
    only('db', 'db', ['db/']),
    only('sandbox', 'sandbox', ['sandbox/', 'src/registry/', 'src/domain/', 'models/connection.ts']),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
