import fc from 'fast-check';
import { fuzzSeed } from './fuzz-settings.ts';

/** Every property is tried with the same cases in every run, so that a run that fails fails again; others by `FUZZ_SEED`. */
fc.configureGlobal({ seed: fuzzSeed });
