// What says that articles repeat one report, so that nobody takes it for several.
import type { ArticleBrief, MarkedArticle, Repeated } from "../../api/types";
import { Glyph } from "./Glyph";
import { SelectionLink, short } from "./Terms";
import { REPEATS, calledBeside, counted, day, number, sourceOf, told } from "./words";

const MEANT = "An article and its copies and versions are one report, not several";

/** `3 articles, 2 independent`. */
export function Told({ of }: { of: { readonly articles: number; readonly reports: number } }) {
  return of.articles === of.reports ? <>{told(of)}</> : <span title={MEANT}>{told(of)}</span>;
}

/** As `copy of Fjord Agency`, which leads to the article that is repeated; nothing where none is. */
export function CopyMark({ article }: { article: ArticleBrief }) {
  const { repeats } = article;
  if (!repeats) return null;
  return (
    <span class="copy-mark">
      <Glyph sign="twice" />
      {REPEATS[repeats.kind]}{" "}
      <SelectionLink to={{ kind: "article", article: repeats.id, relation: null }} title={describe(repeats)}>
        <bdi>{short(calledBeside(repeats))}</bdi>
      </SelectionLink>
    </span>
  );
}

const describe = ({ title, publisher, published, id }: Pick<Repeated, "title" | "publisher" | "published" | "id">): string =>
  [title ?? id, publisher, published ? day(published) : null].filter(Boolean).join(", ");

/** What an article repeats, and what repeats it. */
export function Copies({ answer }: { answer: MarkedArticle }) {
  const { article, copies, copies_total: total } = answer;
  return (
    <>
      {article.repeats && <Original repeats={article.repeats} />}
      {copies.length > 0 && (
        <div class="copies">
          <p>
            <Glyph sign="twice" /> {counted(total, "article")} {total === 1 ? "repeats" : "repeat"} this report; all are one source:
          </p>
          <ul aria-label="Articles that repeat it">
            {copies.map((copy) => (
              <li key={copy.iri}>
                <ArticleLink article={copy} /> <small>{[copy.repeats?.kind, ...detailsOf(copy)].filter(Boolean).join(", ")}</small>
              </li>
            ))}
          </ul>
          {copies.length < total && (
            <p class="panel-note">
              {number(copies.length)} of {number(total)} listed: those that were published first.
            </p>
          )}
        </div>
      )}
    </>
  );
}

function Original({ repeats }: { repeats: Repeated }) {
  return (
    <div class="copies">
      <p>
        <Glyph sign="twice" /> This is a {REPEATS[repeats.kind]} <ArticleLink article={repeats} />
        <small> ({detailsOf(repeats).join(", ")})</small>. {repeats.kind === "copy" ? "It confirms nothing by itself." : "The two are one source."}
      </p>
    </div>
  );
}

type Called = Pick<ArticleBrief, "id" | "title" | "publisher" | "published">;

function ArticleLink({ article }: { article: Called }) {
  return (
    <SelectionLink to={{ kind: "article", article: article.id, relation: null }} title={describe({ ...article, title: article.title ?? null })}>
      <bdi>{short(article.title ?? article.publisher ?? article.id)}</bdi>
    </SelectionLink>
  );
}

/** Publisher and day, without what the link says already. */
const detailsOf = ({ title, publisher, published }: Called): readonly string[] =>
  [title ? publisher : null, published ? day(published) : null].flatMap((one) => one ?? []);

/** Who says so: the source, whom it quotes, and whether it repeats another. */
export function SaidBy({ article, speaker }: { article: ArticleBrief; speaker: string | null }) {
  return (
    <span class="said-by">
      <bdi>{short(sourceOf(article))}</bdi>
      {speaker !== null && (
        <>
          , citing <bdi>{short(speaker)}</bdi>
        </>
      )}
      {article.repeats && (
        <>
          {" "}
          <CopyMark article={article} />
        </>
      )}
    </span>
  );
}
