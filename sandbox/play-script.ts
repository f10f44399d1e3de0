import type { ScenePlan } from './call-plan.ts';
import type { CallScript, ScriptedCall } from './call-script.ts';
import { explainFailure, summariseCall } from './call-transcript.ts';
import type { PlayedCall } from './carrier-player.ts';
import { fit } from './side-by-side.ts';

/** A call of the script as it went; `missed` says what was expected and did not come. */
export interface HeardCall {
  readonly call: ScriptedCall;
  readonly played: PlayedCall;
  readonly missed: readonly string[];
}

/** Plays the calls one after the other, each told as soon as it is over. */
export async function playScript(
  { calls }: CallScript,
  { play, tell }: { play: (scene: ScenePlan) => Promise<PlayedCall>; tell: (heard: HeardCall) => void },
): Promise<readonly HeardCall[]> {
  const all: HeardCall[] = [];
  for (const call of calls) {
    const played = await play(call.scene);
    const heard = { call, played, missed: findMissed(call, played) };
    all.push(heard);
    tell(heard);
  }
  return all;
}

/** The columns of the table, in terminal columns; what was heard takes the rest. */
const COLUMNS = { time: 8, who: 16, pressed: 12, ended: 16, right: 5 } as const;
const TAKEN = Object.values(COLUMNS).reduce((sum, columns) => sum + columns + 2, 0);

/** The heading of the table. */
export function writeScriptHead({ title, calls }: CallScript, columns: number): readonly string[] {
  const [time, who, pressed, ended, right] = ['time', 'who', 'pressed', 'ended', 'as'].map((text, place) =>
    fit(text, Object.values(COLUMNS)[place] ?? 0),
  );
  const heading = [time, who, pressed, ended, right, 'heard'].join('  ').trimEnd();
  return [`${title}: ${calls.length} calls`, heading, '─'.repeat(columns)];
}

/** One line of the table, and below it what was expected and not heard. */
export function writeScriptRow({ call, played, missed }: HeardCall, columns: number): readonly string[] {
  const heard = played.turns.flatMap(({ say }) => say).join(' ／ ');
  const right = call.expect.length === 0 && call.ended === undefined ? '' : missed.length === 0 ? 'ok' : 'NOT';
  const cells = { time: call.time, who: call.who, pressed: call.pressed, ended: played.ended, right };
  const fixed = (Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]).map((name) => fit(cells[name], COLUMNS[name]));
  const row = [...fixed, fit(heard, Math.max(20, columns - TAKEN))].join('  ').trimEnd();
  return [row, ...missed.map((sentence) => `${' '.repeat(COLUMNS.time + 2)}${sentence}`)];
}

/** The last line, and why the command fails; undefined when everything went as the script says. */
export function concludeScript(all: readonly HeardCall[]): { readonly said: string; readonly failure?: string } {
  const expected = all.filter(({ call }) => call.expect.length > 0 || call.ended !== undefined);
  const wrong = all.filter(({ missed }) => missed.length > 0);
  const said = `${all.length} calls, ${expected.length} with an expectation, ${wrong.length} not as expected.`;
  return wrong.length === 0 ? { said } : { said, failure: `${wrong.length} calls did not go as the script says.` };
}

/** What a program reads of the whole script. */
export function summariseScript({ title }: CallScript, all: readonly HeardCall[]): object {
  return {
    title,
    calls: all.map(({ call, played, missed }) => ({
      ...{ time: call.time, who: call.who },
      ...summariseCall(played),
      missed,
    })),
  };
}

/** A call that fails without the script expecting that end is not as expected, whatever was heard. */
function findMissed({ expect, ended, scene }: ScriptedCall, played: PlayedCall): readonly string[] {
  const heard = played.turns.flatMap(({ say }) => say).join(' ');
  const failure = ended === undefined ? explainFailure(scene.call, played) : undefined;
  return [
    ...expect.filter((text) => !heard.includes(text)).map((text) => `expected to hear "${text}"`),
    ...(ended === undefined || ended === played.ended ? [] : [`expected to end with "${ended}"`]),
    ...(failure === undefined ? [] : [failure]),
  ];
}
