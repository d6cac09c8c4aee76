import PDFDocument, { type Face, type Glyph } from 'pdfkit';
import { readFileSync } from 'node:fs';

/*
 * Sets a line of Persian, Latin letters and digits for paper: which part runs in which direction, from which font, and where
 * each letter stands. Lines are short and are ours or a name; the whole of Unicode's algorithm is not needed for them.
 */

export interface Faces {
  readonly persian: Face;
  readonly latin: Face;
}

/**
 * Reads a font for setting lines. A letter that is first seen as part of another (as the stroke of «ز» is «ر») would never
 * be joined again: so each is seen alone before.
 */
export function readFace(file: string): Face {
  const face = new PDFDocument({}).font(readFileSync(file))._font.font;
  for (const codePoint of face.characterSet) face.glyphForCodePoint(codePoint);
  return face;
}

export interface PlacedLetter {
  /** Its outline, on the grid of the font, the ground line at nought. */
  readonly outline: string;
  /** From the left edge of the line, and up from its ground line, in points. */
  readonly x: number;
  readonly y: number;
  /** Points to one unit of the grid. */
  readonly scale: number;
}

export interface SetLine {
  readonly text: string;
  readonly letters: readonly PlacedLetter[];
  readonly width: number;
}

type Direction = 'rtl' | 'ltr';

interface Run {
  readonly text: string;
  readonly direction: Direction;
}

const rightToLeft = /[\u0600-\u065f\u066e-\u06ef\u06fa-\u06ff\u200c\ufb50-\ufdff\ufe70-\ufefc]/u;
const leftToRight = /[\p{L}\p{Nd}]/u;

export function setLine(text: string, size: number, base: Direction, faces: Faces): SetLine {
  const runs = runsOf(text, base);
  const ordered = base === 'rtl' ? runs.toReversed() : runs;
  const letters: PlacedLetter[] = [];
  let x = 0;
  for (const run of ordered) {
    const pieces = piecesOf(run.text, faces);
    for (const piece of run.direction === 'rtl' ? pieces.toReversed() : pieces) {
      const { unitsPerEm } = piece.face;
      const scale = size / unitsPerEm;
      const laid = piece.face.layout(piece.text, undefined, undefined, undefined, run.direction);
      for (const [index, { path }] of laid.glyphs.entries()) {
        const { xAdvance = 0, xOffset = 0, yOffset = 0 } = laid.positions[index] ?? {};
        letters.push({ outline: outlineOf(path.commands), x: x + xOffset * scale, y: yOffset * scale, scale });
        x += xAdvance * scale;
      }
    }
  }
  return { text, letters, width: x };
}

/** Lines no wider than this; a word that is wider stands alone. */
export function wrapText(text: string, size: number, base: Direction, faces: Faces, width: number): SetLine[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1) ?? ''} ${word}`.trimStart();
    if (lines.length > 0 && setLine(longer, size, base, faces).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map((line) => setLine(line, size, base, faces));
}

/** What is neither stands with its neighbours where they agree, else with the line. */
export function runsOf(text: string, base: Direction): readonly Run[] {
  const letters = Array.from(text);
  const strong = letters.map((letter): Direction | undefined =>
    rightToLeft.test(letter) ? 'rtl' : leftToRight.test(letter) ? 'ltr' : undefined,
  );
  const runs: Run[] = [];
  for (const [index, letter] of letters.entries()) {
    const before = strong.slice(0, index).findLast((each) => each !== undefined) ?? base;
    const after = strong.slice(index).find((each) => each !== undefined) ?? base;
    const direction = strong[index] ?? (before === after ? before : base);
    const last = runs.at(-1);
    if (last?.direction === direction) runs[runs.length - 1] = { direction, text: last.text + letter };
    else runs.push({ direction, text: letter });
  }
  return runs;
}

interface Piece {
  readonly text: string;
  readonly face: Face;
}

/** A letter is taken from the Persian font where that has it. */
function piecesOf(text: string, { persian, latin }: Faces): readonly Piece[] {
  const pieces: Piece[] = [];
  for (const letter of text) {
    const face = persian.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0) ? persian : latin;
    const last = pieces.at(-1);
    if (last?.face === face) pieces[pieces.length - 1] = { face, text: last.text + letter };
    else pieces.push({ face, text: letter });
  }
  return pieces;
}

/** With curves as paper knows them: of the third degree, where these letters have some of the second. */
function outlineOf(commands: Glyph['path']['commands']): string {
  let [x, y] = [0, 0];
  return commands
    .map(({ command, args }) => {
      const [a = 0, b = 0, c = 0, d = 0] = args;
      const [fromX, fromY] = [x, y];
      [x, y] = [args.at(-2) ?? x, args.at(-1) ?? y];
      switch (command) {
        case 'moveTo':
          return `M${a} ${b}`;
        case 'lineTo':
          return `L${a} ${b}`;
        case 'bezierCurveTo':
          return `C${args.join(' ')}`;
        case 'quadraticCurveTo': {
          const near = (end: number, control: number): number => end + ((control - end) * 2) / 3;
          return `C${[near(fromX, a), near(fromY, b), near(c, a), near(d, b), c, d].join(' ')}`;
        }
        case 'closePath':
          return 'Z';
      }
    })
    .join('');
}
