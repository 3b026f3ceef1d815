// A relation with its evidence: who does what to whom, the sentence, and all that is known of it.
import { useState } from "preact/hooks";
import type { RelationDetail } from "../../api/types";
import { colourOf } from "../../drawing/looks";
import { useShared } from "../context";
import { CopyMark } from "./Copies";
import { OUTWARD, webAddress } from "./links";
import { contextOf } from "./marks";
import { ClassTag, Defined, EntityLink, SelectionLink, StatusBadge } from "./Terms";
import { SAID_OF_STATUS, basisOf, day, sureness, whenOf } from "./words";

export function RelationCard({ relation }: { relation: RelationDetail }) {
  const { overview } = useShared();
  const colour = colourOf(overview.legend.relation_classes, relation.relation_class);
  return (
    <article class={`card ${relation.status}`} style={{ "--colour": colour }} aria-label={sentenceOf(relation)}>
      <p class="claim">
        <span class="unseen">{SAID_OF_STATUS[relation.status]} </span>
        <EntityLink entity={relation.subject} /> <Predicate relation={relation} /> <EntityLink entity={relation.object} />
      </p>
      <p class="tags">
        <StatusBadge status={relation.status} />
        <ClassTag name={relation.relation_class} />
      </p>
      <Evidence relation={relation} />
      <Facts relation={relation} />
      <p class="panel-ways">
        <SelectionLink to={{ kind: "article", article: relation.article.id, relation: relation.iri }} class="panel-way">
          Open the article here
        </SelectionLink>
        <SelectionLink to={{ kind: "relation", relation: relation.iri }} class="panel-way" title="This relation alone; copy the link to share it">
          Permalink
        </SelectionLink>
      </p>
    </article>
  );
}

const sentenceOf = ({ subject, predicate, object }: RelationDetail): string => [subject.name, predicate, object.name].map((part) => part.slice(0, 80)).join(" ");

/** The property as the ontology calls it; where none fits, the verb as it stands in the text. */
function Predicate({ relation }: { relation: RelationDetail }) {
  const { overview } = useShared();
  const term = overview.legend.properties.find((one) => one.name === relation.property);
  return <Defined term={term} name={relation.predicate} class="predicate" />;
}

function Evidence({ relation }: { relation: RelationDetail }) {
  const { evidence } = relation;
  const [isWhole, setWhole] = useState(false);
  const { before, sentence, after, isCut } = contextOf(evidence.paragraph, evidence.in_paragraph, isWhole);
  return (
    <div class="evidence">
      <blockquote dir="auto">
        {before}
        <mark>{sentence || evidence.sentence}</mark>
        {after}
      </blockquote>
      {isCut && (
        <button type="button" class="link" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? "Less" : "Whole paragraph"}
        </button>
      )}
    </div>
  );
}

function Facts({ relation }: { relation: RelationDetail }) {
  const { article, attribution, place, confidence, predicate } = relation;
  const { time, basis } = whenOf(relation);
  return (
    <dl class="facts">
      <dt>When</dt>
      <dd>
        {time} <small>{basis}</small>
      </dd>
      {place !== null && <dt>Where</dt>}
      {place !== null && (
        <dd>
          <EntityLink entity={place} />
        </dd>
      )}
      <dt>Who says so</dt>
      <dd>{attribution === null ? "the article itself" : <EntityLink entity={attribution} />}</dd>
      <dt>In the text</dt>
      <dd dir="auto">“{predicate}”</dd>
      <dt>How sure</dt>
      <dd>
        <Sureness confidence={confidence} />
      </dd>
      <dt>Source</dt>
      <dd>
        <Source article={article} />
      </dd>
    </dl>
  );
}

function Sureness({ confidence }: { confidence: number }) {
  return (
    <span class="sureness" title="How sure the extraction is that the sentence says this">
      <span class="bar" aria-hidden="true" style={{ "--part": `${Math.round(confidence * 100)}%` }} />
      {sureness(confidence)} <small>{confidence.toFixed(2)}</small>
    </span>
  );
}

/** Title, publisher and date of an article, with what the date rests on. */
export function Source({ article }: { article: RelationDetail["article"] }) {
  const address = webAddress(article.url);
  const title = <cite dir="auto">{article.title ?? article.id}</cite>;
  return (
    <>
      {address === null ? (
        title
      ) : (
        <a href={address} {...OUTWARD} title="Where the article was published; opens a new tab">
          {title}
        </a>
      )}
      <small class="origin">
        {[article.publisher, article.published ? day(article.published) : "no date"].filter(Boolean).join(", ")}
        {article.published && basisOf(article) !== "" && ` (${basisOf(article)})`}
      </small>
      <CopyMark article={article} />
    </>
  );
}
