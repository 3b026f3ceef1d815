// An article, opened at the place: its paragraphs with what was found in them.
import { useEffect } from "preact/hooks";
import type { MarkedArticle } from "../../api/types";
import { Awaiting } from "./Awaiting";
import { usePages } from "./asking";
import { Copies } from "./Copies";
import { Frame } from "./Frame";
import { OUTWARD, webAddress } from "./links";
import { Pager } from "./Pager";
import { ParagraphText } from "./ParagraphText";
import type { Trail } from "./trail";
import { basisOf, counted, day } from "./words";

/** Paragraphs of a page; few articles have more. */
const LENGTH = 60;

const pageOf = (answer: MarkedArticle) => answer.paragraphs;

export function ArticlePanel({ article, relation, trail }: { article: string; relation: string | null; trail: Trail }) {
  const pages = usePages("article", { article, limit: LENGTH }, pageOf);
  const place = pages.items.find((one) => relation !== null && one.sentences.some((sentence) => sentence.relations.includes(relation)));
  const isSought = relation !== null && place === undefined && pages.more !== null;
  useEffect(() => {
    if (isSought) pages.more?.();
  }, [isSought, pages.items.length]);
  const entities = new Map(pages.answers.flatMap((answer) => answer.entities.map((entity) => [entity.iri, entity] as const)));
  return (
    <Frame kind="Article" heading={pages.answer?.article.title ?? pages.answer?.article.id ?? "An article"} trail={trail}>
      {pages.answer !== null && <About answer={pages.answer} />}
      <div class="text">
        {pages.items.map((paragraph) => (
          <ParagraphText key={paragraph.number} paragraph={paragraph} entities={entities} relation={relation} />
        ))}
      </div>
      <Awaiting awaited={pages} lines={12} />
      {pages.answer !== null && pages.total === 0 && <p class="empty">The graph holds no text of this article, only what was found in it.</p>}
      {pages.items.length < pages.total && <Pager pages={pages} one="paragraph" />}
    </Frame>
  );
}

function About({ answer }: { answer: MarkedArticle }) {
  const { article, relations, mentions } = answer;
  const address = webAddress(article.url);
  const license = webAddress(article.license);
  return (
    <div class="summary">
      <p>
        {[article.publisher, article.published ? day(article.published) : "no date"].filter(Boolean).join(", ")}
        {article.published && basisOf(article) !== "" && <small> {basisOf(article)}</small>}
      </p>
      <p class="about">
        {counted(relations, "relation")} and {counted(mentions, "mention")} were found in it.
        {relations > 0 && " The number behind a sentence says how many relations it states."}
      </p>
      <Copies answer={answer} />
      <ul class="links" aria-label="Links">
        {address !== null && (
          <li>
            <a href={address} {...OUTWARD}>
              Where it was published
            </a>
          </li>
        )}
        {article.license && <li>{license === null ? <span class="no-link">{article.license}</span> : <a href={license} {...OUTWARD}>Licence</a>}</li>}
      </ul>
    </div>
  );
}
