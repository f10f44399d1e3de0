/** The same requests every time; others, or more of them, by `FUZZ_SEED` and `FUZZ_RUNS` (for each operation). */
export const fuzzSeed = Number(process.env['FUZZ_SEED'] ?? 20261124);
export const fuzzRuns = Number(process.env['FUZZ_RUNS'] ?? 14);
