/** Headers of a file handed out by a page. */
export const fileHeaders = (name: string, contentType: string): Record<string, string> => ({
  'Content-Type': contentType,
  'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
  'Cache-Control': 'no-store',
});

/** Headers of a workbook handed out by a page. */
export const workbookHeaders = (name: string): Record<string, string> =>
  fileHeaders(name, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
