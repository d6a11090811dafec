/** Lists and libraries of one enterprise: where it stands and stood, and what is proposed for it. */
import type { Day } from '../rules/day.ts';
import { LIBRARIES, CULTIVATED, type LibraryId } from './libraries.server.ts';
import { proposals } from './library-history.server.ts';
import { schemeLabel } from './schemes.server.ts';
import { all, type Reading } from './sql.server.ts';

interface PlaceRow {
  readonly key: string;
  readonly list: LibraryId;
  readonly scheme: string;
  readonly fromOn: Day;
  readonly toOn: Day | null;
  readonly why: string | null;
  readonly endReason: string | null;
}

/** Stays in lists and in the libraries of the machine as of a day, those that last first. */
const placesOf = (db: Reading, enterpriseId: number, on: Day): PlaceRow[] =>
  all<PlaceRow>(
    db,
    `SELECT * FROM (
       SELECT 'l' || id AS key, list, scheme, fromOn, CASE WHEN toOn <= ? THEN toOn END AS toOn, why, endReason
       FROM ListStay WHERE enterpriseId = ? AND fromOn <= ? AND (toOn IS NULL OR toOn > fromOn)
       UNION ALL
       SELECT 's' || s.id, 'library', s.scheme, s.fromOn, CASE WHEN s.toOn <= ? THEN s.toOn END, v.reason, NULL
       FROM Span s LEFT JOIN Event v ON v.id = s.eventId
       WHERE s.enterpriseId = ? AND s.lane = 'application' AND s.state IN ('library', 'visited', 'followed')
         AND s.fromOn <= ? AND (s.toOn IS NULL OR s.toOn > s.fromOn))
     ORDER BY toOn IS NOT NULL, coalesce(toOn, fromOn) DESC, list, scheme`,
    on,
    enterpriseId,
    on,
    on,
    enterpriseId,
    on,
  );

/** Everywhere: proposals of one enterprise are looked at wherever it lies. */
const ANYWHERE = { park: null, parkName: null, parkIds: null, isToday: true };

export function librariesOf(db: Reading, enterpriseId: number, on: Day) {
  return {
    places: placesOf(db, enterpriseId, on).map((place) => ({
      ...place,
      label: LIBRARIES.find(({ id }) => id === place.list)?.label ?? place.list,
      schemeLabel: place.scheme === '' ? '' : schemeLabel(place.scheme),
      to: `/libraries?list=${place.list}${place.scheme === '' ? '' : `&scheme=${place.scheme}`}`,
    })),
    waiting: proposals(db, { ...ANYWHERE, asOf: on }, { open: true, enterpriseId, size: 20, offset: 0 }).rows,
  };
}
export type EnterpriseLibraries = ReturnType<typeof librariesOf>;

/** Schemes whose titles are prepared in a library. */
export const librarySchemes = () => CULTIVATED.map((id) => ({ value: id, label: schemeLabel(id) }));
