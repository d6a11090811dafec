import type { LoaderFunctionArgs } from '@remix-run/node';
import { reviewDocument } from '../queries/review-document.server.ts';
import { readReviewRequest, reviewPage } from '../queries/review-page.server.ts';
import { enter } from '../services/access.server.ts';
import { fileHeaders } from '../services/download.server.ts';
import { exportReview, isReviewFormat } from '../services/review-export.server.ts';

/** The review that the page of the same address shows, as a file. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, clock, query } = await enter(request, 'reviews.$quarter.export.$format');
  const asked = readReviewRequest(params.quarter, query, { today: clock.today(), now: clock.now() });
  if (!asked || !isReviewFormat(params.format)) {
    throw new Response('没有这个季度或格式；格式为 docx、xlsx、pptx、csv。', { status: 404 });
  }
  const { bytes, name, contentType } = await exportReview(
    reviewDocument(reviewPage(db, asked)),
    params.format,
  );
  return new Response(bytes, { headers: fileHeaders(name, contentType) });
}
