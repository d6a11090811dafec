/** Everything the page of what ends and falls due shows, from its address. */
import {
  BANDS,
  DUTY_SCHEMES,
  expiringLines,
  expiryQuarters,
  readExpiryFilter,
  yearlyDuties,
} from './expiry.server.ts';
import { schemeOptions } from './schemes.server.ts';
import { readPage, scopeWords, type Scope } from './scope.server.ts';
import type { Reading } from './sql.server.ts';
import { windowsAhead } from './windows.server.ts';

const SIZE = 50;
/** Windows are shown a year ahead. */
const AHEAD_DAYS = 365;

export function expiryPage(db: Reading, scope: Scope, query: URLSearchParams) {
  const filter = readExpiryFilter(query);
  const page = readPage(query);
  const { quarters, rows, bands, found } = expiryQuarters(db, scope, filter);
  return {
    filter,
    quarters,
    rows,
    bands: BANDS.map(({ id, label }) => ({ id, label, count: bands[id] })),
    lines: expiringLines(db, scope, filter, { limit: SIZE, offset: (page - 1) * SIZE }),
    total: found,
    page,
    size: SIZE,
    duties: yearlyDuties(db, scope, filter.scheme),
    windows: windowsAhead(db, scope.asOf, AHEAD_DAYS, filter.scheme),
    schemes: schemeOptions(),
    asOf: scope.asOf,
    where: scopeWords(scope),
  };
}

/** The same for a calendar: all certificates of the filter, duties and windows. */
export function expiryCalendar(db: Reading, scope: Scope, query: URLSearchParams) {
  const filter = readExpiryFilter(query);
  // Duties that the program follows stand there by themselves.
  const windows = windowsAhead(db, scope.asOf, AHEAD_DAYS, filter.scheme).filter(
    ({ kind, region, scheme }) => kind !== 'annual' || region !== '' || !DUTY_SCHEMES.includes(scheme),
  );
  return {
    titles: expiringLines(db, scope, filter),
    duties: yearlyDuties(db, scope, filter.scheme),
    windows,
  };
}
