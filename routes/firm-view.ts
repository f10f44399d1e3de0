import type { z } from 'zod';
import { type Firm, insuranceNames, kindOn, permitsOn } from '../src/domain/firm.ts';
import { overTime, valueOn } from '../src/domain/dated.ts';
import type { Day } from '../src/domain/ids.ts';
import { present } from '../src/domain/present.ts';
import { registrationStateOf, registrationThen } from '../src/domain/registration.ts';
import {
  type Warning,
  warnOfCode,
  warnOfDay,
  warnOfId,
  warnOfManager,
  warnOfMissingId,
} from '../src/domain/warning.ts';
import type { Given } from '../src/http/endpoint.ts';
import type { Catalogs } from '../src/services/read-catalogs.ts';
import { warnOfPostalCode } from '../src/services/suggest-address.ts';
import type { FirmView } from './firm-body.ts';

interface Ground {
  readonly catalogs: Catalogs;
  readonly today: Day;
  readonly on?: Day | undefined;
  /** Which of those it names exist. */
  readonly known: ReadonlySet<string>;
}

/** A firm on a day: which kind, permit, insurance and registration it has then, and what looks odd about it. */
export function firmView(firm: Firm, { catalogs, known, today, on = today }: Ground): Given<z.infer<typeof FirmView>> {
  const { permitNumber: _latest, registrationPlannedOn: _planned, ...rest } = firm;
  const { kindHistory = [], permits = [], insuranceHistory = [], registrations = [] } = firm;
  return {
    ...rest,
    ...{ kindHistory, permits, insuranceHistory, registrations },
    kind: kindOn(firm, on),
    insurance: valueOn(insuranceHistory, on) ?? {},
    ...registrationThen(firm, { today, on }),
    ...permitThen(firm, on),
    warnings: [
      ...warningsOf(firm, catalogs, on),
      ...warnOfManager('/registrationOfficerId', firm.registrationOfficerId, known),
    ],
  };
}

function permitThen(firm: Firm, on: Day) {
  const latest = permitsOn(firm, on).at(-1);
  if (!latest) return present({ permitNumber: firm.permits ? undefined : firm.permitNumber });
  const { from, to, value } = latest;
  const { number, type, authority, trades } = value;
  return present({
    ...{ permitNumber: number, permitType: type, permitAuthority: authority, permitTrades: trades },
    ...{ permitFrom: from, permitTo: to },
  });
}

function warningsOf(firm: Firm, catalogs: Catalogs, on: Day): readonly Warning[] {
  const kinds = catalogs.codes('permit-kinds');
  const trades = catalogs.codes('permit-trades');
  const proofs = catalogs.codes('insurance-proofs');
  const ended = firm.permits?.at(-1)?.to;
  return [
    ...warnOfId(firm.ccusId, 'firm'),
    ...warnOfPostalCode(firm.postalCode, firm.address),
    ...warnOfMissingId({ ...firm, registrationState: registrationStateOf(firm) }),
    ...(firm.permits ?? []).flatMap(({ value }, place) => [
      ...warnOfCode(`/permits/${place}/value/type`, value.type, kinds),
      ...(value.trades ?? []).flatMap((trade, n) => warnOfCode(`/permits/${place}/value/trades/${n}`, trade, trades)),
    ]),
    ...warnOfDay('/permits', 'permit', ended, on),
    ...warnOfDay('/validUntil', 'registration', firm.validUntil, on),
    ...overTime('insurance', firm.insuranceHistory ?? [], on).flatMap(({ pointer, value }) =>
      insuranceNames.flatMap((name) => warnOfCode(`${pointer}/${name}/proof`, value[name]?.proof, proofs)),
    ),
  ];
}
