/** `tidu rules replay`: the park under two versions. */
import { idsInScope, namesOf } from '../queries/replay-page.server.ts';
import { systemClock } from '../services/clock.server.ts';
import { readSetOptions } from '../services/replay-request.server.ts';
import {
  filterReplay,
  loadWholePark,
  replayLine,
  replayPark,
  requireVersions,
  type LoadedPark,
  type ReplayRequest,
  type ReplayResult,
} from '../services/replay.server.ts';
import {
  actionOption,
  CommandError,
  dayOption,
  oneOf,
  printJson,
  printLine,
  readArguments,
  textTable,
  type CommandIo,
} from './command.ts';
import { parkIdsAsked } from '../services/parks.server.ts';
import { reading } from './with-database.ts';

const WORDS = { stays: '保持', gains: '新增', loses: '退出', never: '始终不符合' } as const;
type Movement = keyof typeof WORDS;
const MOVEMENTS = Object.keys(WORDS) as Movement[];

export async function replay(argv: readonly string[], io: CommandIo): Promise<number> {
  const { values } = readArguments(
    argv,
    {
      scheme: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      on: { type: 'string' },
      action: { type: 'string' },
      set: { type: 'string', multiple: true },
      strict: { type: 'boolean' },
      park: { type: 'string' },
      show: { type: 'string' },
    },
    1,
  );
  const { scheme, to } = values;
  if (scheme === undefined || to === undefined) throw new CommandError('缺少 --scheme 或 --to');
  const from = values.from ?? to;
  requireVersions(scheme, from, to);
  const request: ReplayRequest = {
    scheme,
    from,
    to,
    action: actionOption(values.action),
    on: dayOption(values.on, '--on') ?? systemClock.today(),
    set: readSetOptions(to, values.set ?? []),
    strict: values.strict === true,
  };
  const show = oneOf(values.show, MOVEMENTS, '--show');
  return reading(values.db, async (db) => {
    const park = await loadWholePark(db, request);
    const among = idsInScope(db, { parkIds: parkIdsAsked(db, values.park) });
    const result = replayPark(park, request, among);
    if (values.json) await printJson(io, summaryOf(result));
    else await printSummary(io, result);
    if (show) {
      const places = filterReplay(park, result, { movement: show });
      for (const line of linesOf(db, park, result, places)) {
        const { uscc, name, deciding } = line;
        if (values.json) await printJson(io, line);
        else
          await printLine(io, `${uscc}  ${name}  ${deciding.map(({ label }) => label).join('、')}`.trimEnd());
      }
    }
    return 0;
  });
}

/** Enterprises named at a time. */
const BATCH = 500;

function* linesOf(
  db: Parameters<typeof namesOf>[0],
  park: LoadedPark,
  result: ReplayResult,
  places: readonly number[],
) {
  for (let at = 0; at < places.length; at += BATCH) {
    const lines = places.slice(at, at + BATCH).map((i) => replayLine(park, result, i));
    const names = namesOf(
      db,
      lines.map(({ enterpriseId }) => enterpriseId),
    );
    for (const { enterpriseId, ...line } of lines) {
      const { uscc, name } = names.get(enterpriseId)!;
      yield { uscc, name, ...line };
    }
  }
}

const summaryOf = ({ request, judged, counts, deciding, sections }: ReplayResult) => ({
  ...request,
  judged,
  counts,
  deciding,
  sections,
});

async function printSummary(
  io: CommandIo,
  { request, judged, counts, deciding }: ReplayResult,
): Promise<void> {
  const { from, to, on, set, strict } = request;
  const changes = Object.entries(set).map(([id, value]) => `${id}=${value}`);
  const basis = strict ? '仅计确定符合的' : '没有不符合项即计入';
  await printLine(io, `${from} → ${to}  ${on}  ${judged} 家（${[basis, ...changes].join('；')}）`);
  await printLine(io, MOVEMENTS.map((movement) => `${WORDS[movement]} ${counts[movement]}`).join('  '));
  if (deciding.length === 0) return;
  const rows = deciding.map((each) =>
    [each.label, each.loses, each.losesAlone, each.gains, each.gainsAlone].map(String),
  );
  await printLine(io, textTable([['决定性条件', '因此退出', '仅此一项', '因此新增', '仅此一项'], ...rows]));
}
