import { parseArgs } from 'node:util';
import { proveService } from './support/service-proof.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '10' },
    calls: { type: 'string', default: '300' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  process.stdout.write(
    'npm run prove:service [-- --kills 10 --calls 300]: kills the service at random moments under calls and looks for what was lost or doubled.\n',
  );
} else {
  const say = (sentence: string) => process.stdout.write(`${sentence}\n`);
  const proof = await proveService({ kills: Number(values.kills), calls: Number(values.calls), say });
  say(
    `${String(proof.recorded)} calls heard that they were recorded, ${String(proof.unanswered)} heard nothing; first answer after a restart: ${proof.restartsMs.map((ms) => ms.toFixed(0)).join(', ')} ms`,
  );
  say(
    `${String(proof.lost)} lost, ${String(proof.doubled)} doubled, ${String(proof.invented)} without a call, ${String(proof.notHandedOver)} not handed over`,
  );
  if (proof.lost + proof.doubled + proof.invented + proof.notHandedOver > 0) process.exitCode = 1;
}
