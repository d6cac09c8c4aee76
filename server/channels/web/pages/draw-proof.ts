import PDFDocument from 'pdfkit';
import type { Language, Pages, ProofSheet } from './pages.ts';
import { readFace, setLine, wrapText, type Faces, type SetLine } from './set-line.ts';

/*
 * Draws a proof on a sheet of A5. pdfkit can neither order nor embed what browsers take as Persian letters, so letters are
 * drawn as outlines, each line with its text beside it for whoever searches or has the file read out.
 */

export interface ProofToDraw {
  readonly sheet: ProofSheet;
  readonly language: Language;
  readonly qr: { readonly size: number; readonly path: string };
  readonly fontFiles: Pages['fontFiles'];
}

const page = { width: 419.53, height: 595.28, margin: 34 };
const inner = page.width - 2 * page.margin;
const ink = '#14202B';
const quiet = '#414F5A';
const lineColor = '#D5DCE1';
const green = '#17693A';
const paper = '#FFFFFF';

/** @returns the file */
export function drawProof({ sheet, language, qr, fontFiles }: ProofToDraw): Promise<Buffer> {
  const doc = new PDFDocument({ size: 'A5', margin: 0, lang: language, info: { Title: sheet.title } });
  const chunks: Uint8Array[] = [];
  const finished = new Promise<Buffer>((done) => {
    doc.on('data', (bytes) => chunks.push(bytes));
    doc.on('end', () => {
      done(Buffer.concat(chunks));
    });
  });
  const pen = new Pen(doc, facesOf(fontFiles), language);
  let y = page.margin;
  if (sheet.demo !== undefined) {
    doc.rect(page.margin, y, inner, 22).lineWidth(0.75).stroke(ink);
    pen.write(sheet.demo, { y: y + 15, size: 9, inset: 8 });
    y += 34;
  }
  pen.write(sheet.title, { y: y + 12, size: 11, isStrong: true });
  y += 24;
  drawVerdict(pen, sheet.verdict, y);
  y += 74;
  for (const { name, value } of sheet.rows) {
    pen.write(name, { y: y + 13, size: 10, color: quiet });
    pen.write(value, { y: y + 13, size: 10, inset: inner * 0.34 });
    doc.rect(page.margin, y + 21, inner, 0.5).fill(lineColor);
    y += 25;
  }
  drawCode(pen, qr, sheet.notes, y + 12);
  doc.end();
  return finished;
}

/** Reading a font takes longer than drawing with it. */
const read = new Map<string, Faces>();

function facesOf({ persian, latin }: Pages['fontFiles']): Faces {
  const known = read.get(persian);
  if (known !== undefined) return known;
  const faces = { persian: readFace(persian), latin: readFace(latin) };
  read.set(persian, faces);
  return faces;
}

function drawVerdict(pen: Pen, verdict: string, y: number): void {
  const { doc } = pen;
  doc.rect(page.margin, y, inner, 58).lineWidth(1.5).stroke(green);
  const disc = 34;
  doc.save().translate(pen.fromStart(12, disc), y + 12);
  doc
    .scale(disc / 48)
    .path('M24 3a21 21 0 1 0 0 42 21 21 0 0 0 0-42Z')
    .fill(green);
  doc.path('m14 25 7 7 14-15').lineWidth(4).stroke(paper).restore();
  pen.write(verdict, { y: y + 36, size: 19, inset: 60, isStrong: true });
}

function drawCode(pen: Pen, { size, path }: ProofToDraw['qr'], notes: readonly string[], y: number): void {
  const { doc } = pen;
  const side = 120;
  doc.save().translate(pen.fromStart(4, side), y);
  doc
    .scale(side / size)
    .path(path)
    .fill('#000000')
    .restore();
  const inset = side + 20;
  let line = y + 14;
  for (const note of notes) {
    for (const set of pen.wrap(note, 9, inner - inset)) {
      pen.put(set, { y: line, size: 9, inset });
      line += 16;
    }
    line += 4;
  }
}

interface Place {
  /** Of the ground line, from the top of the sheet. */
  readonly y: number;
  readonly size: number;
  /** From the side on which lines begin. */
  readonly inset?: number;
  readonly color?: string;
  readonly isStrong?: boolean;
}

/** Writes from the side on which lines of the language begin. */
class Pen {
  readonly doc: PDFDocument;
  readonly #faces: Faces;
  readonly #base: 'rtl' | 'ltr';

  constructor(doc: PDFDocument, faces: Faces, language: Language) {
    this.doc = doc;
    this.#faces = faces;
    this.#base = language === 'fa' ? 'rtl' : 'ltr';
  }

  /** Where the left edge of something of this width is. */
  fromStart(inset: number, width: number): number {
    return this.#base === 'ltr' ? page.margin + inset : page.width - page.margin - inset - width;
  }

  wrap(text: string, size: number, width: number): readonly SetLine[] {
    return wrapText(text, size, this.#base, this.#faces, width);
  }

  write(text: string, place: Place): void {
    this.put(setLine(text, place.size, this.#base, this.#faces), place);
  }

  put({ text, letters, width }: SetLine, { y, inset = 0, color = ink, isStrong = false }: Place): void {
    const left = this.fromStart(inset, width);
    this.doc.markContent('Span', { actual: text });
    for (const letter of letters) {
      if (letter.outline === '') continue;
      this.doc.save().translate(left + letter.x, y - letter.y);
      this.doc.scale(letter.scale, -letter.scale).path(letter.outline);
      // The packed font has one weight here: what is strong gets a rim.
      if (isStrong) this.doc.lineWidth(48).fillAndStroke(color, color);
      else this.doc.fill(color);
      this.doc.restore();
    }
    this.doc.endMarkedContent();
  }
}
