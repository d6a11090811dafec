import type { ReactNode } from 'react';

/** A picture drawn on the server, with the question it answers as its title and the same numbers as a table below. */
export function Chart({ svg, title, table }: { svg: string; title: string; table?: ReactNode }) {
  return (
    <figure>
      <figcaption className="mb-2 font-semibold">{title}</figcaption>
      {/* Drawn by our own server from numbers and labels of the program; ECharts escapes the texts. */}
      <div className="max-w-3xl" dangerouslySetInnerHTML={{ __html: svg }} />
      {table && (
        <details className="mt-2">
          <summary className="text-accent">以表格显示</summary>
          <div className="mt-2">{table}</div>
        </details>
      )}
    </figure>
  );
}
