/** Splits a help text into paragraphs (strings) and lists (their items): lines that begin with `- ` are items. */
export function blocksOf(body: string): (string | string[])[] {
  const blocks: (string | string[])[] = [];
  let paragraph: string[] = [];
  const endParagraph = () => {
    if (paragraph.length > 0) blocks.push(paragraph.join(' '));
    paragraph = [];
  };
  for (const line of body.split('\n')) {
    const item = /^\s*[-•]\s+(.*)$/.exec(line)?.[1];
    if (item !== undefined) {
      endParagraph();
      const last = blocks.at(-1);
      if (Array.isArray(last)) last.push(item);
      else blocks.push([item]);
    } else if (line.trim() === '') endParagraph();
    else paragraph.push(line.trim());
  }
  endParagraph();
  return blocks;
}
