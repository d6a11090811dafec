import type { Paper, PaperBlock, PaperCell } from '../../services/documents/paper.ts';

const cellOf = (of: string | PaperCell): PaperCell => (typeof of === 'string' ? { text: of } : of);

function Cell({ of, first }: { of: string | PaperCell; first: boolean }) {
  const { text, span, bold, align, room } = cellOf(of);
  const Tag = bold && first ? 'th' : 'td';
  return (
    <Tag
      colSpan={span}
      {...(Tag === 'th' ? { scope: 'row' as const } : {})}
      className={[bold ? 'bold' : '', align ?? ''].filter(Boolean).join(' ') || undefined}
    >
      {text}
      {room !== undefined && <span className="paper-room" data-lines={room} />}
    </Tag>
  );
}

function Table({ block }: { block: Extract<PaperBlock, { kind: 'table' }> }) {
  const { caption, widths, head, rows } = block;
  return (
    <table>
      <caption className="sr-only">{caption}</caption>
      <colgroup>
        {widths.map((width, i) => (
          <col key={i} width={`${width}%`} />
        ))}
      </colgroup>
      {head && (
        <thead>
          <tr>
            {head.map((text, i) => (
              <th key={i} scope="col">
                {text}
              </th>
            ))}
          </tr>
        </thead>
      )}
      <tbody>
        {rows.map((cells, i) => (
          <tr key={i}>
            {cells.map((of, k) => (
              <Cell key={k} of={of} first={k === 0} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Block({ block }: { block: PaperBlock }) {
  if (block.kind === 'table') return <Table block={block} />;
  if (block.kind === 'note') return <p className="paper-note">{block.text}</p>;
  if (block.kind === 'text') return <p className={block.align ?? 'indent'}>{block.text}</p>;
  // The title of the paper is below that of the page.
  const Tag = (['h3', 'h4', 'h5'] as const)[block.level - 1]!;
  return <Tag>{block.text}</Tag>;
}

/** Papers as they will be printed, one after the other, each on pages of its own. */
export function PaperView({
  papers,
  look = 'sheet',
}: {
  papers: readonly Paper[];
  /** `brief` is small and fits a page; `across` lies on its side. */
  look?: 'sheet' | 'brief' | 'across';
}) {
  return (
    <>
      {papers.map((paper, i) => (
        <article key={i} className="paper" data-look={look} aria-label={paper.title}>
          <h2>{paper.title}</h2>
          {paper.blocks.map((block, k) => (
            <Block key={k} block={block} />
          ))}
        </article>
      ))}
    </>
  );
}
