import { Readable } from 'node:stream';
import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node';
import { expiryCalendar } from '../queries/expiry-page.server.ts';
import { readScope, scopeWords } from '../queries/scope.server.ts';
import { chooseSteward } from '../queries/stewards.server.ts';
import { enter } from '../services/access.server.ts';
import { calendarEvents } from '../services/expiry-calendar.ts';
import { calendarFile } from '../services/ics.ts';

/** Ends of certificates, yearly duties and windows as a calendar file. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { db, clock, user, query } = await enter(request, 'expiry[.]ics');
  const { scope } = chooseSteward(db, readScope(db, query, clock.today()), query, user, true);
  const events = calendarEvents(expiryCalendar(db, scope, query));
  const file = calendarFile(`梯度：到期与窗口（${scopeWords(scope)}）`, events, clock.now());
  return new Response(createReadableStreamFromReadable(Readable.from(file)), {
    headers: {
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(`到期与窗口-${scope.asOf}.ics`)}`,
      'Cache-Control': 'no-store',
    },
  });
}
