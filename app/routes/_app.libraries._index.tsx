import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { LibrariesView, type LibraryViewId } from '../components/libraries-view.tsx';
import { libraryCount, libraryRows, libraryTotals, readLibrary } from '../queries/libraries.server.ts';
import {
  libraryHistory,
  proposals,
  readPeriod,
  TURNS,
  type Turn,
} from '../queries/library-history.server.ts';
import { limitsOf } from '../queries/list-limits.server.ts';
import { readPage, readScope, scopeWords } from '../queries/scope.server.ts';
import { chooseSteward } from '../queries/stewards.server.ts';
import { enter, mayOpen } from '../services/access.server.ts';
import { listIsBehind, listRun, renewList } from '../services/lists.server.ts';

export const meta: MetaFunction = () => [{ title: '培育与名单 - 梯度' }];

const SIZE = 50;
const VIEWS: readonly LibraryViewId[] = ['list', 'history', 'open', 'decided'];

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, clock, user, query } = await enter(request, '_app.libraries._index');
  const steward = chooseSteward(db, readScope(db, query, clock.today()), query, user);
  const { scope } = steward;
  const look = readLibrary(query);
  const asked = VIEWS.find((each) => each === query.get('view')) ?? 'list';
  // Proposals are of the library alone.
  const view = look.list === 'library' || asked === 'list' || asked === 'history' ? asked : 'list';
  const page = readPage(query);
  const at = { size: SIZE, offset: (page - 1) * SIZE };
  const potential = look.list === 'potential';
  // A change of the limits that a stopped server left half done goes on here.
  if (potential && listIsBehind(db, look.scheme)) void renewList(db, clock, look.scheme, 0);
  const period = readPeriod(query, scope.asOf);
  const turn = (Object.keys(TURNS) as Turn[]).find((each) => each === query.get('turn')) ?? null;
  const totals = libraryTotals(db, scope, look.k);
  return {
    totals,
    look,
    view,
    rows: view === 'list' ? libraryRows(db, look, scope, SIZE, at.offset) : [],
    total: libraryCount(totals, look),
    page,
    size: SIZE,
    limits: potential ? limitsOf(db, look.scheme) : null,
    progress: potential ? listRun(db, look.scheme) : null,
    history:
      view === 'history'
        ? { ...libraryHistory(db, look, scope, { period, turn, ...at }), turn, ...period }
        : null,
    proposals:
      view === 'open' || view === 'decided' ? proposals(db, scope, { open: view === 'open', ...at }) : null,
    waiting: proposals(db, scope, { open: true, size: 0, offset: 0 }).total,
    stewards: { options: steward.options, value: steward.chosen },
    mayWrite: mayOpen(user.role, '_app.libraries.change') && user.role !== 'section' && scope.isToday,
    mayDecide: mayOpen(user.role, '_app.libraries.change') && scope.isToday,
    asOf: scope.asOf,
    where: scopeWords(scope),
  };
}

export default function Libraries() {
  return <LibrariesView {...useLoaderData<typeof loader>()} />;
}
