/** A review as a file: Word, workbook, slides or CSV. The writers are loaded when they are asked for. */
import type { ReviewDocument } from '../pipeline/review/document.ts';

export const REVIEW_FORMATS = ['docx', 'xlsx', 'pptx', 'csv'] as const;
export type ReviewFormat = (typeof REVIEW_FORMATS)[number];

export const isReviewFormat = (text: string | undefined): text is ReviewFormat =>
  (REVIEW_FORMATS as readonly (string | undefined)[]).includes(text);

const OFFICE = 'application/vnd.openxmlformats-officedocument';
const CONTENT_TYPES: Readonly<Record<ReviewFormat, string>> = {
  docx: `${OFFICE}.wordprocessingml.document`,
  xlsx: `${OFFICE}.spreadsheetml.sheet`,
  pptx: `${OFFICE}.presentationml.presentation`,
  csv: 'text/csv; charset=utf-8',
};

async function write(document: ReviewDocument, format: ReviewFormat): Promise<Uint8Array<ArrayBuffer>> {
  switch (format) {
    case 'docx':
      return new Uint8Array(await (await import('./documents/review-word.server.ts')).reviewWord(document));
    case 'xlsx':
      return new Uint8Array(
        await (await import('./documents/review-workbook.server.ts')).reviewWorkbook(document),
      );
    case 'pptx':
      return new Uint8Array(
        await (await import('./documents/review-slides.server.ts')).reviewSlides(document),
      );
    case 'csv':
      return new TextEncoder().encode((await import('./documents/review-csv.ts')).reviewCsv(document));
  }
}

/** The file with its name and media type. */
export async function exportReview(
  document: ReviewDocument,
  format: ReviewFormat,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; name: string; contentType: string }> {
  const { quarter, window } = document.tables.period;
  return {
    bytes: await write(document, format),
    name: `${quarter}${window === 'quarter' ? '' : `-${window}`}复盘.${format}`,
    contentType: CONTENT_TYPES[format],
  };
}
