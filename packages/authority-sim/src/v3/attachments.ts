import type { OwnAttachment } from '../core/words.ts';

interface AttachmentRead {
  readonly Fjwjgs: number;
  readonly Fjyt: number;
  readonly Fjnr: string;
  readonly Fjssdx: {
    readonly Ssdxlx: number;
    readonly Ssdxbs: number | { readonly Jlid: number } | { readonly Baxh: string };
  };
}

/** What is kept of attachments: all but their content, of which it is noted whether it is a JPG. */
export const attachmentsOf = (files: readonly AttachmentRead[]): readonly OwnAttachment[] =>
  files.map(({ Fjwjgs, Fjyt, Fjnr, Fjssdx }) => ({
    format: Fjwjgs,
    purpose: Fjyt,
    about: Fjssdx.Ssdxlx,
    owner: ownerOf(Fjssdx.Ssdxbs),
    isPicture: Fjnr.replace(/\s+/g, '').startsWith(jpgStart),
  }));

function ownerOf(mark: AttachmentRead['Fjssdx']['Ssdxbs']): string {
  if (typeof mark === 'number') return String(mark);
  return 'Jlid' in mark ? String(mark.Jlid) : mark.Baxh;
}

/** The first bytes of a JPG (ff d8 ff) in base64. */
const jpgStart = '/9j/';
