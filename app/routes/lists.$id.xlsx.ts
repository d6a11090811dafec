import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node';
import { LIST_GROUP_LABELS, nameList, nameListLines, readRowFilter } from '../queries/name-lists.server.ts';
import { enter } from '../services/access.server.ts';
import { workbookHeaders } from '../services/download.server.ts';
import { listStream } from '../services/export.server.ts';
import { reviewedList } from '../services/name-lists/export.ts';

/** The rows of one group of a list, as filtered. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, clock, query } = await enter(request, 'lists.$id.xlsx');
  const list = nameList(db, Number(params.id));
  if (!list) throw new Response('没有这份名单。', { status: 404 });
  const filter = readRowFilter(query, list.counts);
  const group = LIST_GROUP_LABELS[filter.group];
  const lines = [
    `${list.title}${list.docNo ? `（${list.docNo}）` : ''}，${list.kindLabel}，名单日期 ${list.listedOn}`,
    `${group}：${list.kindLabel}名单各行与园区企业比对的结果`,
  ];
  const stream = listStream(reviewedList(group, nameListLines(db, list.id, filter)), {
    title: `${list.title} ${group}`,
    asOf: clock.today(),
    lines,
  });
  return new Response(createReadableStreamFromReadable(stream), {
    headers: workbookHeaders(`${list.title}-${group}.xlsx`),
  });
}
