/* As much of pdfkit as is used here; it brings no types of its own. */
declare module 'pdfkit' {
  interface Glyph {
    readonly path: {
      readonly commands: readonly {
        readonly command: 'moveTo' | 'lineTo' | 'quadraticCurveTo' | 'bezierCurveTo' | 'closePath';
        readonly args: readonly number[];
      }[];
    };
  }
  /** A font of fontkit, on which pdfkit stands: it joins letters and puts marks where they belong. */
  interface Face {
    readonly unitsPerEm: number;
    readonly characterSet: readonly number[];
    readonly glyphForCodePoint: (codePoint: number) => Glyph;
    readonly hasGlyphForCodePoint: (codePoint: number) => boolean;
    readonly layout: (
      text: string,
      features: undefined,
      script: undefined,
      language: undefined,
      direction: 'rtl' | 'ltr',
    ) => {
      readonly glyphs: readonly Glyph[];
      readonly positions: readonly { readonly xAdvance: number; readonly xOffset: number; readonly yOffset: number }[];
      readonly advanceWidth: number;
    };
  }
  class PDFDocument {
    constructor(options: object);
    readonly _font: { readonly font: Face };
    font(file: Uint8Array): this;
    on(event: 'data', take: (bytes: Uint8Array) => void): this;
    on(event: 'end', take: () => void): this;
    save(): this;
    restore(): this;
    translate(x: number, y: number): this;
    scale(x: number, y?: number): this;
    path(svg: string): this;
    rect(x: number, y: number, width: number, height: number): this;
    lineWidth(width: number): this;
    fill(color: string): this;
    stroke(color: string): this;
    fillAndStroke(fill: string, stroke: string): this;
    markContent(tag: string, options: { readonly actual: string }): this;
    endMarkedContent(): this;
    end(): void;
  }
  export { PDFDocument as default, type Face, type Glyph };
}
