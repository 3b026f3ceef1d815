// Cuts a text where marks begin and end, so that marks can lie within others.
import type { Paragraph, Span } from "../../api/types";

/** Words of a text with all that they are part of. */
export interface Piece<Mark> {
  readonly text: string;
  readonly marks: readonly Mark[];
}

export interface Marked {
  readonly span: Span;
}

/** The text in pieces, each with the marks that lie over it, the longest first; put together they give the text. */
export function pieces<Mark extends Marked>(text: string, marks: readonly Mark[]): readonly Piece<Mark>[] {
  const within = marks.filter(({ span }) => span.end_utf16 > span.start_utf16);
  const cuts = new Set([0, text.length, ...within.flatMap(({ span }) => [span.start_utf16, span.end_utf16])]);
  const sorted = [...cuts].filter((cut) => cut >= 0 && cut <= text.length).sort((one, other) => one - other);
  return sorted.slice(0, -1).map((start, place) => {
    const end = sorted[place + 1]!;
    const over = within.filter(({ span }) => span.start_utf16 <= start && span.end_utf16 >= end);
    return { text: text.slice(start, end), marks: over.sort((one, other) => length(other) - length(one)) };
  });
}

type Mention = Paragraph["mentions"][number];

/** A part of a paragraph: a sentence that carries relations, or what stands between such. */
export interface Part {
  readonly sentence: Paragraph["sentences"][number] | null;
  /** Each with all that it mentions; words such as “the two” mention several. */
  readonly pieces: readonly Piece<Mention>[];
}

/** A paragraph by its sentences, each in pieces by the mentions in it. Sentences that overlap are cut. */
export function parts(paragraph: Pick<Paragraph, "text" | "mentions" | "sentences">): readonly Part[] {
  const found: Part[] = [];
  const apart = mentionsApart(paragraph.mentions);
  for (const { text, marks, start } of placed(pieces(paragraph.text, paragraph.sentences))) {
    const mentions = apart.map((mention) => ({ ...mention, span: moved(mention.span, start) }));
    found.push({ sentence: marks[0] ?? null, pieces: pieces(text, mentions.filter(({ span }) => span.start_utf16 < text.length)) });
  }
  return found;
}

/** Mentions without those that lie within or across a longer one: of “House of Lords”, not “Lords”. */
function mentionsApart(mentions: readonly Mention[]): readonly Mention[] {
  const kept: Mention[] = [];
  for (const one of [...mentions].sort((a, b) => length(b) - length(a))) {
    const isClear = kept.every((other) => !overlaps(one.span, other.span) || same(one.span, other.span));
    if (isClear) kept.push(one);
  }
  return kept;
}

const overlaps = (one: Span, other: Span): boolean => one.start_utf16 < other.end_utf16 && other.start_utf16 < one.end_utf16;
const same = (one: Span, other: Span): boolean => one.start_utf16 === other.start_utf16 && one.end_utf16 === other.end_utf16;

function placed<Mark>(cut: readonly Piece<Mark>[]): readonly (Piece<Mark> & { readonly start: number })[] {
  let start = 0;
  return cut.map((piece) => {
    start += piece.text.length;
    return { ...piece, start: start - piece.text.length };
  });
}

const moved = (span: Span, by: number): Span => ({
  ...span,
  start_utf16: Math.max(span.start_utf16 - by, 0),
  end_utf16: Math.max(span.end_utf16 - by, 0),
});

const length = ({ span }: Marked): number => span.end_utf16 - span.start_utf16;

/** What stands around a sentence in its paragraph: whole, or near it where that is long. */
export interface Context {
  readonly before: string;
  readonly sentence: string;
  readonly after: string;
  /** Whether anything of the paragraph is left out. */
  readonly isCut: boolean;
}

/** Characters beside a sentence that are shown at first: a line or two. */
const NEAR = 90;

export function contextOf(paragraph: string, span: Span, isWhole: boolean): Context {
  const [before, after] = [paragraph.slice(0, span.start_utf16), paragraph.slice(span.end_utf16)];
  const sentence = paragraph.slice(span.start_utf16, span.end_utf16);
  const isCut = before.length > NEAR + 20 || after.length > NEAR + 20;
  if (isWhole || !isCut) return { before, sentence, after, isCut };
  return { before: ending(before), sentence, after: beginning(after), isCut };
}

/** Cuts are made at a space, and never within a character of two code units. */
function ending(text: string): string {
  if (text.length <= NEAR + 20) return text;
  const rest = text.slice(-NEAR);
  return `… ${rest.slice(rest.indexOf(" ") + 1)}`;
}

function beginning(text: string): string {
  if (text.length <= NEAR + 20) return text;
  const rest = text.slice(0, NEAR);
  return `${rest.slice(0, Math.max(rest.lastIndexOf(" "), 0))} …`;
}
