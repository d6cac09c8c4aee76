export { decodeGsm, encodeGsm, gsmSeptets } from './gsm-alphabet.ts';
export { readableText, withoutBidiControls } from './readable-text.ts';
export { Reassembly, type Part, type Progress, type ReassemblyLimits } from './reassembly.ts';
export { alphabetFor, segment, type HeaderOctets, type Segments, type TextAlphabet } from './segment.ts';
export { decodeUcs2, encodeUcs2 } from './ucs2.ts';
export { asConcatenation, readUserData, writeConcatenation, type Concatenation } from './user-data-header.ts';
